package dev.fireside.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection that is kept open, with one request at a time: for what is done before
/// and beside the load.
public final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InetSocketAddress address;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private @Nullable Socket socket;

  /// @param base such as `http://127.0.0.1:8080`
  public HttpConnection(URI base) {
    this.address = address(base);
  }

  /// Where a server listens.
  static InetSocketAddress address(URI base) {
    if (!"http".equals(base.getScheme()) || base.getHost() == null) {
      throw new IllegalArgumentException("The URL must be like http://host:port");
    }
    return new InetSocketAddress(base.getHost(), base.getPort() < 0 ? 80 : base.getPort());
  }

  /// What a server answered.
  public static final class Answer {
    private final int status;
    private final byte[] body;

    private Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    public int status() {
      return status;
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /// The bytes of a request.
  ///
  /// @param authorization value of the header `Authorization`; null for none
  /// @param body JSON; null for none
  public static byte[] request(
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
  public Answer exchange(byte[] request) throws IOException {
    boolean open = false;
    try {
      Socket connected = connected();
      connected.getOutputStream().write(request);
      var parser = new AnswerParser(true);
      read(connected.getInputStream(), parser);
      open = !parser.isClosing();
      return new Answer(parser.status(), parser.body());
    } finally {
      if (!open) {
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
    }
    return open;
  }

  private void read(InputStream in, AnswerParser parser) throws IOException {
    boolean complete = false;
    while (!complete) {
      int length = in.read(buffer);
      if (length < 0) {
        throw new EOFException("The server closed the connection");
      }
      complete = parser.read(ByteBuffer.wrap(buffer, 0, length));
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
