package dev.fireside.emulator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Resumable uploads as a phone sends them: cut off, sent again, by two at once.
class ResumableIT {
  private static final int UNAVAILABLE = 503;
  private static final int MULTIPLE = 256 * 1024;

  @TempDir static Path folder;

  @RegisterExtension final LocalStorage local = new LocalStorage(folder);

  private final HttpClient http = HttpClient.newHttpClient();

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder begin(String said) {
    return HttpRequest.newBuilder(
            URI.create(
                local.base()
                    + "/upload/storage/v1/b/demo-bucket/o?uploadType=resumable&name=a%2Fb.bin"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(said));
  }

  private URI session() throws IOException, InterruptedException {
    return URI.create(send(begin("{}")).headers().firstValue("Location").orElseThrow());
  }

  private HttpResponse<String> put(URI session, String range, byte[] body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(session)
            .header("Content-Range", range)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /// The state of a session; asked again while it is still taken by whoever was cut off.
  private HttpResponse<String> status(URI session) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> put(session, "bytes */*", new byte[0]),
            response -> response.statusCode() != UNAVAILABLE);
  }

  private static long kept(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Range")
        .map(range -> Long.parseLong(range.substring("bytes=0-".length())) + 1)
        .orElse(0L);
  }

  private byte[] stored() {
    Storage client = local.client();
    return client.readAllBytes(BlobId.of("demo-bucket", "a/b.bin"));
  }

  @Test
  void goOnUntilAllBytesAreThere() throws Exception {
    byte[] content = bytes(2 * MULTIPLE + 10);
    URI session = session();

    HttpResponse<String> first =
        put(session, "bytes 0-%d/*".formatted(MULTIPLE - 1), Arrays.copyOf(content, MULTIPLE));
    assertThat(first.statusCode()).isEqualTo(308);
    assertThat(kept(first)).isEqualTo(MULTIPLE);
    assertThat(kept(status(session))).isEqualTo(MULTIPLE);
    HttpResponse<String> last =
        put(
            session,
            "bytes %d-%d/%d".formatted(MULTIPLE, content.length - 1, content.length),
            Arrays.copyOfRange(content, MULTIPLE, content.length));

    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(last.body()).contains("\"size\":\"" + content.length + "\"");
    assertThat(stored()).isEqualTo(content);
    // The last answer was lost: asked and sent again, it is the same.
    assertThat(put(session, "bytes */" + content.length, new byte[0]).body())
        .isEqualTo(last.body());
    assertThat(put(session, "bytes 0-9/10", new byte[10]).statusCode()).isEqualTo(200);
    assertThat(local.changes()).containsExactly("finalized a/b.bin");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void surviveCutsAtAnyPlaceAndRestarts(long seed) throws Exception {
    var random = new Random(seed);
    byte[] content = bytes(6 * MULTIPLE + 77);
    URI begun = session();
    String path = begun.getRawPath() + "?" + begun.getRawQuery();
    int sent = 0;
    boolean done = false;
    while (!done) {
      URI session = URI.create(local.base() + path);
      HttpResponse<String> status = status(session);
      assertThat(status.statusCode()).isEqualTo(308);
      long kept = kept(status);
      assertThat(kept % MULTIPLE).isZero();
      assertThat(kept).isLessThanOrEqualTo(sent);
      int end = (int) Math.min(content.length, kept + 1 + random.nextInt(3 * MULTIPLE));
      if (random.nextInt(3) == 0) {
        local.restart();
        session = URI.create(local.base() + path);
      }
      if (random.nextBoolean()) {
        cut(session, content, (int) kept, end, random.nextInt(end - (int) kept + 1));
      } else {
        String total = end == content.length ? Integer.toString(end) : "*";
        done =
            put(
                        session,
                        "bytes %d-%d/%s".formatted(kept, end - 1, total),
                        Arrays.copyOfRange(content, (int) kept, end))
                    .statusCode()
                == 200;
      }
      sent = Math.max(sent, end);
    }

    assertThat(stored()).isEqualTo(content);
    assertThat(local.changes()).containsExactly("finalized a/b.bin");
  }

  private static byte[] head(URI session, int from, int to) {
    return String.join(
            "\r\n",
            "PUT " + session.getRawPath() + "?" + session.getRawQuery() + " HTTP/1.1",
            "Host: x",
            "Content-Range: bytes " + from + "-" + (to - 1) + "/*",
            "Content-Length: " + (to - from),
            "",
            "")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Announces bytes, and hangs up after some of them.
  private void cut(URI session, byte[] content, int from, int to, int sent) throws IOException {
    try (var socket = new Socket(session.getHost(), session.getPort())) {
      var head = new ByteArrayOutputStream();
      head.write(head(session, from, to));
      head.write(content, from, sent);
      socket.getOutputStream().write(head.toByteArray());
      socket.getOutputStream().flush();
    }
  }

  @Test
  void keepOnlyMultiplesOfWhatDoesNotEndThem() throws Exception {
    URI session = session();
    assertThat(kept(put(session, "bytes 0-99/*", new byte[100]))).isZero();
    HttpResponse<String> more =
        put(session, "bytes 0-%d/*".formatted(MULTIPLE + 99), new byte[MULTIPLE + 100]);
    assertThat(kept(more)).isEqualTo(MULTIPLE);
  }

  @Test
  void skipWhatIsThereAlready() throws Exception {
    byte[] content = bytes(MULTIPLE + 5);
    URI session = session();
    put(session, "bytes 0-%d/*".formatted(MULTIPLE - 1), Arrays.copyOf(content, MULTIPLE));
    assertThat(put(session, "bytes 0-%d/%<d".formatted(content.length - 1), content).statusCode())
        .isEqualTo(400);
    assertThat(
            put(session, "bytes 0-%d/%d".formatted(content.length - 1, content.length), content)
                .statusCode())
        .isEqualTo(200);
    assertThat(stored()).isEqualTo(content);
  }

  @Test
  void refuseGapsLiesAndWhatIsTooLong() throws Exception {
    URI session = session();
    assertThat(put(session, "bytes 10-19/20", new byte[10]).statusCode()).isEqualTo(400);
    assertThat(put(session, "bytes 0-9/20", new byte[5]).statusCode()).isEqualTo(400);
    assertThat(put(session, "bytes 9-0/20", new byte[5]).statusCode()).isEqualTo(400);
    assertThat(put(session, "megabytes 0-9/20", new byte[10]).statusCode()).isEqualTo(400);
    HttpResponse<String> announced = send(begin("{}").header("X-Upload-Content-Length", "10"));
    URI limited = URI.create(announced.headers().firstValue("Location").orElseThrow());
    assertThat(put(limited, "bytes 0-19/20", new byte[20]).statusCode()).isEqualTo(400);
    assertThat(put(limited, "bytes 0-19/*", new byte[20]).statusCode()).isEqualTo(400);
    assertThat(put(limited, "bytes 0-9/10", new byte[10]).statusCode()).isEqualTo(200);
    assertThat(local.changes()).hasSize(1);
  }

  @Test
  void refuseOtherBytesThanWereAnnouncedAndBeginAnew() throws Exception {
    HttpResponse<String> begun = send(begin("{\"md5Hash\":\"XUFAKrxLKna5cZ2REBfFkg==\"}"));
    URI session = URI.create(begun.headers().firstValue("Location").orElseThrow());

    assertThat(put(session, "bytes 0-4/5", "other".getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(400);
    assertThat(kept(status(session))).isZero();
    assertThat(put(session, "bytes 0-4/5", "hello".getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void endWhenTheyAreCancelledOrTooOld() throws Exception {
    URI session = session();
    put(session, "bytes 0-%d/*".formatted(MULTIPLE - 1), new byte[MULTIPLE]);
    assertThat(send(HttpRequest.newBuilder(session).DELETE()).statusCode()).isEqualTo(499);
    assertThat(status(session).statusCode()).isEqualTo(410);

    URI other = session();
    local.at(Clock.offset(Clock.systemUTC(), Duration.ofDays(8)));
    URI later = URI.create(local.base() + other.getRawPath() + "?" + other.getRawQuery());
    assertThat(status(later).statusCode()).isEqualTo(410);
    assertThat(
            status(URI.create(local.base() + "/upload/storage/v1/b/demo-bucket/o?upload_id=x"))
                .statusCode())
        .isEqualTo(410);
  }

  @Test
  void areGoneOnWithByWhoeverComesLast() throws Exception {
    byte[] content = bytes(2 * MULTIPLE);
    URI session = session();
    // A connection that is half open: the server waits for its bytes.
    try (var stuck = new Socket(session.getHost(), session.getPort())) {
      stuck.getOutputStream().write(head(session, 0, content.length));
      stuck.getOutputStream().write(content, 0, MULTIPLE);
      stuck.getOutputStream().flush();
      String id = session.getRawQuery().replaceFirst(".*upload_id=", "");
      while (local.server().buckets().upload(id).received() < MULTIPLE) {
        Thread.onSpinWait();
      }
      HttpResponse<String> whole =
          put(session, "bytes 0-%d/%d".formatted(content.length - 1, content.length), content);
      assertThat(whole.statusCode()).isEqualTo(200);
    }
    assertThat(stored()).isEqualTo(content);
    assertThat(local.changes()).containsExactly("finalized a/b.bin");
  }
}
