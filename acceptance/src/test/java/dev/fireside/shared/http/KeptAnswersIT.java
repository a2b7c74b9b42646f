package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.Served.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Answers that are given again while nothing has changed.
final class KeptAnswersIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("none");

  private Platform platform;
  private Served served;

  @BeforeEach
  void connect() throws IOException {
    fireside.resetData();
    platform = new Platform(fireside.platform().config(), fireside.clock());
    served = new Served(platform, KeptFunction.class);
    set("a", "1");
  }

  @AfterEach
  void disconnect() {
    served.close();
    platform.close();
  }

  /// As another process would.
  private static void set(String key, String value) {
    fireside.platform().redis().call(client -> client.set(key, value));
  }

  private static int made(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body().path("made").asInt();
  }

  @Test
  void isTheSameUntilSomethingChanges() {
    Answer first = served.get("/api/kept/a");
    Answer again = served.get("/api/kept/a");
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("ETag")).isNotEmpty().isEqualTo(first.header("ETag"));
    assertThat(served.get("/api/kept/a", "If-None-Match", first.header("ETag")).status())
        .isEqualTo(304);
    assertThat(again.header("RateLimit-Remaining"))
        .isNotEqualTo(first.header("RateLimit-Remaining"));

    set("a", "2");

    Answer changed = served.get("/api/kept/a");
    assertThat(changed.body().path("text").asText()).isEqualTo("2");
    assertThat(served.get("/api/kept/a").text()).isEqualTo(changed.text());
  }

  @Test
  void isOneForEachCallerAndQuery() {
    String ada = "Bearer " + fireside.project().token("ada", Map.of());
    String bob = "Bearer " + fireside.project().token("bob", Map.of());
    int anonymous = made(served.get("/api/kept/a"));

    Answer adas = served.get("/api/kept/a", "Authorization", ada);
    Answer bobs = served.get("/api/kept/a", "Authorization", bob);

    assertThat(adas.body().path("caller").asText()).isEqualTo("ada");
    assertThat(bobs.body().path("caller").asText()).isEqualTo("bob");
    assertThat(made(served.get("/api/kept/a?x=1"))).isGreaterThan(made(bobs));
    assertThat(made(served.get("/api/kept/a", "Authorization", ada))).isEqualTo(made(adas));
    assertThat(made(served.get("/api/kept/a"))).isEqualTo(anonymous);
  }

  @Test
  void endsAfterAMinuteAndWhenTheClockIsSetBack() {
    int first = made(served.get("/api/kept/a"));
    fireside.clock().advance(Duration.ofSeconds(59));
    assertThat(made(served.get("/api/kept/a"))).isEqualTo(first);

    fireside.clock().advance(Duration.ofSeconds(2));

    assertThat(made(served.get("/api/kept/a"))).isGreaterThan(first);
  }

  @Test
  void whatIsReadElsewhereIsNotKept() {
    int first = made(served.get("/api/stored/a"));

    assertThat(made(served.get("/api/stored/a"))).isGreaterThan(first);
  }

  @Test
  void nothingIsKeptFromARedisThatIsAway() {
    Answer kept = served.get("/api/kept/a");
    fireside.killRedis();
    try {
      for (int i = 0; i < 20; i++) {
        assertThat(served.get("/api/kept/a").status()).isEqualTo(503);
      }
    } finally {
      fireside.restartRedis();
    }
    assertThat(List.of(200, 503)).contains(served.get("/api/kept/a").status());
    assertThat(kept.status()).isEqualTo(200);
  }
}
