package dev.fireside.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.media.store.MediaStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("UPLOADS_PER_DAY", "5", "UPLOAD_MB_PER_DAY", "10"));

  private final Sender sender = new Sender(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void opensASessionStraightToCloudStorage() {
    Reply opened = sender.open("ann", "video", "video/mp4", 600_000);

    assertThat(opened.status()).isEqualTo(201);
    assertThat(opened.body().path("chunkBytes").asInt() % Sender.MULTIPLE).isZero();
    String id = opened.body().path("id").asText();
    assertThat(opened.header("Location")).contains("/api/uploads/" + id);
    assertThat(opened.header("Cache-Control")).contains("no-store");
    Reply waiting = sender.read("ann", id);
    assertThat(waiting.body().path("state").asText()).isEqualTo("waiting");

    String url = opened.body().path("uploadUrl").asText();
    Sender.Answer first = sender.put(url, new byte[600_000], 0, Sender.MULTIPLE);

    assertThat(first.status()).isEqualTo(308);
    Reply receiving = sender.read("ann", id);
    assertThat(receiving.body().path("state").asText()).isEqualTo("receiving");
    assertThat(receiving.body().path("receivedBytes").asInt()).isEqualTo(Sender.MULTIPLE);
    assertThat(receiving.body().path("uploadUrl").asText()).isEqualTo(url);
  }

  @Test
  void takesNoMoreAndNoFewerBytesThanWereDeclared() {
    String url = sender.open("ann", "image", "image/png", 1_000).body().path("uploadUrl").asText();

    assertThat(sender.put(url, new byte[2_000], 0, 2_000).status()).isEqualTo(400);
    assertThat(sender.put(url, new byte[900], 0, 900).status()).isEqualTo(400);
    assertThat(sender.put(url, new byte[1_000], 0, 1_000).status()).isEqualTo(200);
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    Reply nothing = fireside.http().as("ann").post("/api/uploads", Map.of());
    assertThat(nothing.status()).isEqualTo(400);
    assertThat(nothing.body().path("errors").findValuesAsText("field"))
        .contains("kind", "bytes", "contentType");
    for (Map<String, Object> body :
        List.<Map<String, Object>>of(
            Map.of("kind", "film", "bytes", 1, "contentType", "video/mp4"),
            Map.of("kind", "video", "bytes", 0, "contentType", "video/mp4"),
            Map.of("kind", "video", "bytes", 500_000_001, "contentType", "video/mp4"),
            Map.of("kind", "image", "bytes", 1, "contentType", "image/svg+xml"),
            Map.of("kind", "video", "bytes", 1, "contentType", "application/vnd.apple.mpegurl"),
            Map.of("kind", "video", "bytes", 1, "contentType", "video/mp4", "sha256", "x"))) {
      assertThat(fireside.http().as("ann").post("/api/uploads", body).status())
          .as("%s", body)
          .isEqualTo(400);
    }
  }

  @Test
  void hidesUploadsOfOthers() {
    String id = sender.open("ann", "video", "video/mp4", 10).body().path("id").asText();

    assertThat(sender.read("bob", id).status()).isEqualTo(404);
    assertThat(fireside.http().as("bob").delete("/api/uploads/" + id).status()).isEqualTo(404);
    assertThat(sender.read("ann", "nonsense").status()).isEqualTo(404);
    assertThat(sender.state("ann", id)).isEqualTo("waiting");
  }

  @Test
  void opensOneUploadHoweverOftenARequestComes() {
    var ann = fireside.http().as("ann").header("Idempotency-Key", "once");
    var body = Map.of("kind", "video", "bytes", 10, "contentType", "video/mp4");

    Reply first = ann.post("/api/uploads", body);
    Reply second = ann.post("/api/uploads", body);

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void countsTheDayExactlyWhateverComesAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 9)
              .mapToObj(_ -> threads.submit(() -> sender.open("ann", "video", "video/mp4", 10)))
              .toList();
      var statuses = new ArrayList<Integer>();
      for (var answer : answers) {
        statuses.add(answer.get().status());
      }
      assertThat(statuses).containsOnly(201, 429).filteredOn(status -> status == 201).hasSize(5);
    }
  }

  @Test
  void givesTheQuotaBackOnceWhenAnUploadIsGivenUp() {
    String id = sender.open("ann", "video", "video/mp4", 9_000_000).body().path("id").asText();
    Reply over = sender.open("ann", "video", "video/mp4", 2_000_000);
    assertThat(over.status()).isEqualTo(429);
    assertThat(over.header("Retry-After")).isPresent();

    assertThat(fireside.http().as("ann").delete("/api/uploads/" + id).status()).isEqualTo(204);
    assertThat(fireside.http().as("ann").delete("/api/uploads/" + id).status()).isEqualTo(404);

    assertThat(sender.open("ann", "video", "video/mp4", 10_000_000).status()).isEqualTo(201);
    assertThat(sender.open("ann", "video", "video/mp4", 1).status()).isEqualTo(429);
    assertThat(sender.open("bob", "video", "video/mp4", 1).status()).isEqualTo(201);
  }

  @Test
  void removesTheBytesOfWhatIsGivenUp() {
    Reply opened = sender.open("ann", "video", "video/mp4", 10);
    String url = opened.body().path("uploadUrl").asText();
    sender.put(url, new byte[10], 0, 10);
    String id = opened.body().path("id").asText();

    assertThat(fireside.http().as("ann").delete("/api/uploads/" + id).status()).isEqualTo(204);

    assertThat(sender.read("ann", id).status()).isEqualTo(404);
    assertThat(MediaStorage.of(fireside.platform()).uploads().list("", "", 10)).isEmpty();
  }
}
