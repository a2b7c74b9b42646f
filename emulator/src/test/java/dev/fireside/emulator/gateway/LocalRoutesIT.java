package dev.fireside.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.sample.Journal;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRoutesIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().topics("sample-elsewhere");

  private TestHttp.Caller http;
  private Journal journal;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    http = fireside.http().anonymous();
    journal = Journal.of(fireside.platform());
    journal.clear();
  }

  private static void isProblem(Reply reply, int status, String problem) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.problem()).isEqualTo(problem);
    assertThat(reply.header("Content-Type")).contains("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "'', text/html, <video",
    "player.css, text/css, #preview",
    "page.js, text/javascript, /api/videos",
    "player.js, text/javascript, Hls",
    "upload.js, text/javascript, Content-Range",
    "hls.js, text/javascript, Hls"
  })
  void thePageThatPlaysVideosIsServed(String file, String type, String holds) {
    Reply reply = http.get("/_local/player/" + file);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type").orElse("")).startsWith(type);
    assertThat(reply.body().asText()).contains(holds);
    isProblem(http.get("/_local/player/../page.java"), 404, "not-found");
    isProblem(http.get("/_local/player/other.js"), 404, "not-found");
  }

  @Test
  void aTokenSignsItsPersonIn() {
    Reply token =
        http.post(
            "/_local/token", Map.of("uid", "ada", "claims", Map.of("roles", List.of("admin"))));

    Reply me =
        fireside.http().withToken(token.body().path("idToken").asText()).get("/api/notes/me");
    assertThat(me.body().path("uid").asText()).isEqualTo("ada");
    assertThat(me.body().path("roles").path(0).asText()).isEqualTo("ADMIN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"uid\":7}",
        "{\"uid\":\"a b\"}",
        "{\"uid\":\"ada\",\"claims\":1}"
      })
  void aTokenForNobodyIsRefused(String body) {
    isProblem(
        http.raw(
            "POST", "/_local/token", body.getBytes(StandardCharsets.UTF_8), "application/json"),
        400,
        "invalid-input");
  }

  @Test
  void aScheduleIsFired() {
    assertThat(http.post("/_local/schedules/tick").status()).isEqualTo(204);
    assertThat(journal.ticks).hasSize(1);
    isProblem(http.post("/_local/schedules/tock"), 404, "not-found");
    isProblem(http.get("/_local/schedules/tick"), 404, "not-found");
  }

  @Test
  void theClockIsMovedForwardAndTokensStayValid() {
    Reply token = http.post("/_local/token", Map.of("uid", "ada"));
    var caller = fireside.http().withToken(token.body().path("idToken").asText());
    Instant before = fireside.clock().instant();

    Reply moved = http.post("/_local/clock", Map.of("advance", "P1D"));

    assertThat(Instant.parse(moved.body().path("now").asText()))
        .isAfterOrEqualTo(before.plus(Duration.ofDays(1)));
    assertThat(fireside.clock().instant()).isAfterOrEqualTo(before.plus(Duration.ofDays(1)));
    assertThat(http.get("/_local/clock").body().path("now").asText()).isNotEmpty();
    assertThat(caller.get("/api/notes/me").body().path("uid").asText()).isEqualTo("ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"advance\":\"1 day\"}",
        "{\"advance\":\"-P1D\"}",
        "{\"advance\":\"P9999D\"}"
      })
  void theClockDoesNotGoBackOrFarAway(String body) {
    isProblem(
        http.raw(
            "POST", "/_local/clock", body.getBytes(StandardCharsets.UTF_8), "application/json"),
        400,
        "invalid-input");
  }

  @Test
  void faultsAreSetShownAndCleared() {
    Reply set = http.post("/_local/faults", Map.of("function", "on-note", "duplicates", 2));
    assertThat(set.body().path("faults").path("on-note").path("duplicates").asInt()).isEqualTo(2);
    assertThat(fireside.faults().of("on-note").duplicates()).isEqualTo(2);

    http.post("/_local/faults", Map.of("delayMs", 5));
    assertThat(http.get("/_local/faults").body().path("faults").path("*").path("delayMs").asInt())
        .isEqualTo(5);

    assertThat(http.delete("/_local/faults").body().path("faults").size()).isZero();
    isProblem(http.post("/_local/faults", Map.of("function", "nobody")), 404, "not-found");
    isProblem(http.post("/_local/faults", Map.of("duplicates", "2")), 400, "invalid-input");
    isProblem(http.post("/_local/faults", Map.of("duplicates", 1000)), 400, "invalid-input");
  }

  @Test
  void functionsAreListedWithTheirCounts() {
    http.put("/api/notes/a");
    fireside.settle();

    Reply reply = http.get("/_local/functions");

    var onNote =
        reply
            .body()
            .path("functions")
            .valueStream()
            .filter(function -> function.path("name").asText().equals("on-note"))
            .findFirst()
            .orElseThrow();
    assertThat(onNote.path("trigger").asText()).isEqualTo("notes/{id} written");
    assertThat(onNote.path("invocations").asInt()).isEqualTo(2);
    assertThat(onNote.path("queued").asInt()).isZero();
    assertThat(reply.body().path("deadLetters").isObject()).isTrue();
  }

  @Test
  void aResetEmptiesEverything() {
    http.put("/api/notes/a");
    fireside.faults().set("on-note", dev.fireside.emulator.events.Fault.duplicate(1));
    String token = fireside.project().token("ada", Map.of());

    assertThat(http.post("/_local/reset").status()).isEqualTo(204);

    assertThat(http.get("/api/notes/a").status()).isEqualTo(404);
    assertThat(fireside.faults().all()).isEmpty();
    assertThat(fireside.http().withToken(token).get("/api/notes/me").status()).isEqualTo(401);
  }

  @Test
  void redisIsKilledAndRestarted() {
    assertThat(http.post("/_local/redis/kill").status()).isEqualTo(204);
    assertThat(fireside.project().cloud().redis().isAlive()).isFalse();
    assertThat(http.post("/_local/redis/restart").status()).isEqualTo(204);
    assertThat(fireside.project().cloud().redis().isAlive()).isTrue();
  }

  @Test
  void whatDoesNotExistIsToldWithWhatDoes() {
    Reply reply = http.get("/_local/nothing");

    isProblem(reply, 404, "not-found");
    assertThat(reply.body().path("detail").asText()).contains("POST /_local/token");
  }

  @Test
  void pagesOfOtherMachinesAreKeptOut() {
    isProblem(
        http.header("Origin", "https://evil.example").post("/_local/reset"), 403, "forbidden");
    assertThat(http.header("Origin", "http://localhost:3000").get("/_local/faults").status())
        .isEqualTo(200);
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    isProblem(
        http.raw("POST", "/_local/token", new byte[70_000], "application/json"),
        413,
        "payload-too-large");
  }
}
