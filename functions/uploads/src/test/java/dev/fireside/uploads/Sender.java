package dev.fireside.uploads;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Sends bytes as a client does: by what `POST /api/uploads` answers and nothing else.
final class Sender {
  static final int MULTIPLE = 256 * 1024;

  private final FiresideExtension fireside;
  private final HttpClient http = HttpClient.newHttpClient();

  Sender(FiresideExtension fireside) {
    this.fireside = fireside;
  }

  /// @param last the last byte that was kept, or -1
  record Answer(int status, long last) {}

  Reply open(String uid, String kind, String contentType, long bytes) {
    return open(uid, kind, contentType, bytes, Map.of());
  }

  Reply open(String uid, String kind, String contentType, long bytes, Map<String, Object> more) {
    var body = new HashMap<String, Object>(more);
    body.put("kind", kind);
    body.put("contentType", contentType);
    body.put("bytes", bytes);
    return fireside.http().as(uid).post("/api/uploads", body);
  }

  /// Opens an upload and sends all of it.
  ///
  /// @return its id
  String upload(String uid, String kind, String contentType, byte[] bytes) {
    Reply opened = open(uid, kind, contentType, bytes.length);
    if (opened.status() != 201) {
      throw new AssertionError(opened.toString());
    }
    put(opened.body().path("uploadUrl").asText(), bytes, 0, bytes.length);
    return opened.body().path("id").asText();
  }

  Reply read(String uid, String id) {
    return fireside.http().as(uid).get("/api/uploads/" + id);
  }

  String state(String uid, String id) {
    return read(uid, id).body().path("state").asText();
  }

  /// Sends the bytes from `from` to `to`, in one request.
  Answer put(String url, byte[] all, int from, int to) {
    byte[] chunk = Arrays.copyOfRange(all, from, to);
    return send(
        url,
        HttpRequest.BodyPublishers.ofByteArray(chunk),
        "bytes " + from + "-" + (to - 1) + "/" + all.length);
  }

  /// Begins to send the bytes from `from` on and breaks the connection after `sent` of them.
  void cut(String url, byte[] all, int from, int sent) {
    InputStream bytes = new ByteArrayInputStream(all, from, sent);
    InputStream broken = new SequenceInputStream(bytes, new Breaking());
    try {
      http.send(
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Range", "bytes " + from + "-" + (all.length - 1) + "/" + all.length)
              .PUT(
                  HttpRequest.BodyPublishers.fromPublisher(
                      HttpRequest.BodyPublishers.ofInputStream(() -> broken), all.length - from))
              .build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      // What was meant.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Where a connection breaks.
  private static final class Breaking extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("The connection breaks");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return read();
    }
  }

  /// Asks how much was kept.
  Answer query(String url) {
    return send(url, HttpRequest.BodyPublishers.noBody(), "bytes */*");
  }

  Answer send(String url, HttpRequest.BodyPublisher body, String range) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url))
                  .header("Content-Range", range)
                  .PUT(body)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      String kept = answer.headers().firstValue("Range").orElse("bytes=0--1");
      return new Answer(answer.statusCode(), Long.parseLong(kept.substring(kept.indexOf('-') + 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
