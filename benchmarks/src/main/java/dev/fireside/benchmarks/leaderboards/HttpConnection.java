package dev.fireside.benchmarks.leaderboards;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection that is kept open, with one request at a time. Does next to nothing
/// besides, since the load shares its machine with what it measures.
final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int LINE_BYTES_MAX = 16 * 1024;

  private final InetSocketAddress address;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private @Nullable Socket socket;

  /// @param base such as `http://127.0.0.1:8080`
  HttpConnection(URI base) {
    if (!"http".equals(base.getScheme()) || base.getHost() == null) {
      throw new IllegalArgumentException("The URL must be like http://host:port");
    }
    this.address = new InetSocketAddress(base.getHost(), base.getPort() < 0 ? 80 : base.getPort());
  }

  /// What a server answered.
  static final class Answer {
    private final int status;
    private final byte[] body;

    private Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    /// How long the body is.
    int bytes() {
      return body.length;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /// The bytes of a request.
  ///
  /// @param authorization value of the header `Authorization`; null for none
  /// @param body JSON; null for none
  static byte[] request(
      URI base, String method, String path, @Nullable String authorization, @Nullable String body) {
    var head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
    head.append(base.getAuthority()).append("\r\n");
    if (authorization != null) {
      head.append("Authorization: ").append(authorization).append("\r\n");
    }
    byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    if (body != null) {
      head.append("Content-Type: application/json\r\nContent-Length: ");
      head.append(content.length).append("\r\n");
    }
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  /// Sends a request and reads the whole answer. After a failure the next one connects anew.
  Answer exchange(byte[] request) throws IOException {
    boolean complete = false;
    try {
      Socket open = connected();
      open.getOutputStream().write(request);
      Answer answer = answer(open.getInputStream());
      complete = true;
      return answer;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  private Socket connected() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket();
      open.setTcpNoDelay(true);
      open.setSoTimeout(TIMEOUT_MILLIS);
      open.connect(address, TIMEOUT_MILLIS);
      socket = open;
      position = 0;
      limit = 0;
    }
    return open;
  }

  private Answer answer(InputStream in) throws IOException {
    List<String> head = head(in);
    int status = Integer.parseInt(head.getFirst().split(" ", 3)[1]);
    byte[] body;
    if (status == 204 || status == 304) {
      body = new byte[0];
    } else if ("chunked".equals(header(head, "transfer-encoding"))) {
      body = chunks(in);
    } else {
      body = exactly(in, Integer.parseInt(header(head, "content-length")));
    }
    if ("close".equals(header(head, "connection"))) {
      close();
    }
    return new Answer(status, body);
  }

  private List<String> head(InputStream in) throws IOException {
    var lines = new ArrayList<String>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    if (lines.isEmpty()) {
      throw new IOException("An answer without a status");
    }
    return lines;
  }

  private static String header(List<String> head, String name) {
    for (String line : head) {
      int colon = line.indexOf(':');
      if (colon == name.length() && line.regionMatches(true, 0, name, 0, colon)) {
        return line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
      }
    }
    return name.equals("content-length") ? "0" : "";
  }

  private byte[] chunks(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
      if (size == 0) {
        while (!line(in).isEmpty()) {
          // Trailers say nothing to us.
        }
        return body.toByteArray();
      }
      body.writeBytes(exactly(in, size));
      line(in);
    }
  }

  private byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      fill(in);
      int part = Math.min(length - done, limit - position);
      System.arraycopy(buffer, position, bytes, done, part);
      position += part;
      done += part;
    }
    return bytes;
  }

  private String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    while (line.length() < LINE_BYTES_MAX) {
      fill(in);
      char next = (char) (buffer[position++] & 0xff);
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append(next);
      }
    }
    throw new IOException("A line of more than " + LINE_BYTES_MAX + " bytes");
  }

  private void fill(InputStream in) throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer));
      if (limit == 0) {
        throw new EOFException("The server closed the connection");
      }
    }
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is of no more use either way.
      }
    }
  }
}
