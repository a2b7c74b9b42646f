package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.leaderboards.LocalRealtime.Mode;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.realtime.RealtimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What changed at the top, for those who watch.
class DeltasIT {
  private static final LocalRealtime realtime = new LocalRealtime();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .with(realtime.settings())
          .with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private static final String NODE = "leaderboards/race/daily-2026-11-21";

  private final Arena arena = new Arena(fireside);

  @BeforeEach
  void begin() {
    realtime.of(fireside.project());
    realtime.clear();
    fireside.clock().set(Arena.NOON);
    arena.board("race", Map.of("periods", List.of("daily", "all-time"), "visibleTop", 3));
    fireside.settle();
  }

  @AfterEach
  void empty() {
    isWellAgain();
    realtime.clear();
    fireside.resetData();
  }

  /// Returns when the functions call the database again, which they leave alone after failures.
  private static void isWellAgain() {
    realtime.mode(Mode.WELL);
    while (true) {
      try {
        fireside.platform().realtime().main().keys("leaderboards");
        return;
      } catch (RealtimeException e) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private void scores(Object... players) {
    arena.scores("race", players);
    fireside.settle();
  }

  private void halfAMinuteLater() {
    fireside.clock().advance(Duration.ofSeconds(31));
    fireside.fire("leaderboards-flush-deltas");
  }

  private Reply changes(String query) {
    return arena.anybody().get("/api/leaderboards/race/changes" + query);
  }

  private static List<String> rows(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return StreamSupport.stream(reply.body().path("rows").spliterator(), false)
        .map(DeltasIT::row)
        .toList();
  }

  private static String row(JsonNode row) {
    return row.path("removed").asBoolean()
        ? row.path("uid").asText() + " left"
        : row.path("rank").asText()
            + " "
            + row.path("uid").asText()
            + " "
            + row.path("score").asText();
  }

  /// What clients are shown.
  private static List<String> published(String node) {
    return StreamSupport.stream(realtime.at(node + "/rows").spliterator(), false)
        .map(DeltasIT::row)
        .sorted()
        .toList();
  }

  private static long updatesOf(String node) {
    return realtime.updates().stream()
        .filter(update ->
            StreamSupport.stream(((Iterable<String>) update::fieldNames).spliterator(), false)
                .anyMatch(path -> path.startsWith(node)))
        .count();
  }

  private static long version(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.body().path("version").asLong();
  }

  @Test
  void areOfChangedRowsAndAtMostEveryHalfMinute() {
    arena.person("ann");
    scores("ann", 5, "cid", 1);
    halfAMinuteLater();
    Reply first = changes("");
    assertThat(rows(first)).containsExactly("1 ann 5", "2 cid 1");
    assertThat(first.body().path("full").asBoolean()).isTrue();
    assertThat(first.body().at("/period/key").asText()).isEqualTo("daily-2026-11-21");
    assertThat(first.body().path("entries").asInt()).isEqualTo(2);
    assertThat(first.body().path("nextReset").asText()).isEqualTo("2026-11-22T00:00:00Z");
    assertThat(first.body().at("/rows/0/displayName").asText()).isEqualTo("Player ann");
    assertThat(first.body().at("/rows/1").has("displayName")).isFalse();
    assertThat(published(NODE)).containsExactly("1 ann 5", "2 cid 1");
    assertThat(realtime.at(NODE + "/version").asLong()).isEqualTo(version(first));
    assertThat(changes("?since=" + version(first)).status()).isEqualTo(304);

    long before = updatesOf(NODE);
    scores("bob", 3, "ann", 6);
    fireside.fire("leaderboards-flush-deltas");
    fireside.clock().advance(Duration.ofSeconds(20));
    fireside.fire("leaderboards-flush-deltas");
    assertThat(updatesOf(NODE)).isEqualTo(before);
    assertThat(changes("?since=" + version(first)).status()).isEqualTo(304);
    halfAMinuteLater();

    assertThat(updatesOf(NODE)).isEqualTo(before + 1);
    Reply second = changes("?since=" + version(first));
    assertThat(rows(second)).containsExactly("1 ann 6", "2 bob 3", "3 cid 1");
    assertThat(second.body().path("full").asBoolean(true)).isFalse();
    assertThat(version(second)).isGreaterThan(version(first));
    assertThat(published(NODE)).containsExactly("1 ann 6", "2 bob 3", "3 cid 1");

    scores("ann", 7);
    fireside.clock().advance(Duration.ofSeconds(30));
    // Whoever asks does not wait for the minute.
    assertThat(rows(changes("?since=" + version(second)))).containsExactly("1 ann 7");
    JsonNode update = realtime.updates().getLast();
    assertThat(update.fieldNames())
        .toIterable()
        .allMatch(path -> path.endsWith("/version") || path.endsWith("/rows/ann"));
    assertThat(rows(changes("?since=" + version(first))))
        .containsExactly("1 ann 7", "2 bob 3", "3 cid 1");
  }

  @Test
  void areNotSentWhereNothingChanged() {
    scores("ann", 5, "bob", 4, "cid", 3);
    halfAMinuteLater();
    Reply first = changes("");
    int before = realtime.updates().size();

    // A worse score of one, a score below the visible top of another.
    scores("ann", 2, "dan", 1);
    halfAMinuteLater();
    halfAMinuteLater();

    assertThat(realtime.updates()).hasSize(before);
    assertThat(changes("?since=" + version(first)).status()).isEqualTo(304);
  }

  @Test
  void areSentWhereTheVisibleTopBecameShorterOrLonger() {
    scores("ann", 5, "bob", 4, "cid", 3);
    halfAMinuteLater();

    arena.admin().patch("/api/leaderboards/race", Map.of("visibleTop", 1));
    fireside.settle();
    halfAMinuteLater();
    assertThat(published(NODE)).containsExactly("1 ann 5");

    arena.admin().patch("/api/leaderboards/race", Map.of("visibleTop", 3));
    fireside.settle();
    halfAMinuteLater();
    assertThat(published(NODE)).containsExactly("1 ann 5", "2 bob 4", "3 cid 3");
  }

  @Test
  void tellWhoLeftTheTop() {
    scores("ann", 5, "bob", 4, "cid", 3);
    halfAMinuteLater();
    long first = version(changes(""));
    scores("dan", 9);
    halfAMinuteLater();

    Reply second = changes("?since=" + first);
    assertThat(rows(second)).containsExactly("1 dan 9", "2 ann 5", "3 bob 4", "cid left");
    assertThat(published(NODE)).containsExactly("1 dan 9", "2 ann 5", "3 bob 4");
    assertThat(realtime.at(NODE + "/rows").has("cid")).isFalse();

    arena.moderator().put("/api/leaderboards/race/hidden/dan");
    fireside.settle();
    halfAMinuteLater();
    assertThat(rows(changes("?since=" + version(second))))
        .containsExactly("1 ann 5", "2 bob 4", "3 cid 3", "dan left");
    assertThat(published(NODE)).containsExactly("1 ann 5", "2 bob 4", "3 cid 3");
    assertThat(rows(changes(""))).containsExactly("1 ann 5", "2 bob 4", "3 cid 3");
  }

  @Test
  void areEverythingForWhoeverKnowsNothingThatIsKnownHere() {
    assertThat(rows(changes(""))).isEmpty();
    scores("ann", 5);
    halfAMinuteLater();
    long version = version(changes(""));

    for (long unknown : List.of(0L, version - 100_000, version + 100_000)) {
      Reply reply = changes("?since=" + unknown);
      assertThat(rows(reply)).containsExactly("1 ann 5");
      assertThat(reply.body().path("full").asBoolean()).isTrue();
    }
    Reply wrong = changes("?since=yesterday");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.errorFields()).containsExactly("?since");
    assertThat(changes("?period=weekly").status()).isEqualTo(400);
    assertThat(arena.anybody().get("/api/leaderboards/none/changes").status()).isEqualTo(404);
  }

  @Test
  void areEverythingAfterALossOfRedis() {
    scores("ann", 5, "bob", 4);
    halfAMinuteLater();
    long before = version(changes(""));
    realtime.put(NODE + "/rows/old", Json.mapper().createObjectNode().put("uid", "old"));

    fireside.flushRedis();
    Reply reply = changes("?since=" + before);
    assertThat(rows(reply)).containsExactly("1 ann 5", "2 bob 4");
    assertThat(reply.body().path("full").asBoolean()).isTrue();
    assertThat(version(reply)).isGreaterThan(before);

    fireside.flushRedis();
    halfAMinuteLater();
    assertThat(published(NODE)).containsExactly("1 ann 5", "2 bob 4");
    assertThat(realtime.at(NODE + "/version").asLong()).isGreaterThan(version(reply));
    assertThat(changes("?since=" + version(reply)).body().path("full").asBoolean()).isTrue();
  }

  @Test
  void saySoWhileRedisIsAway() {
    scores("ann", 5);
    fireside.killRedis();
    try {
      Reply reply = changes("?since=1");
      assertThat(rows(reply)).isEmpty();
      assertThat(reply.body().path("rebuilding").asBoolean()).isTrue();
      assertThat(reply.body().has("version")).isFalse();
    } finally {
      fireside.restartRedis();
    }
  }

  @Test
  void areCarriedByTheNextPublicationWhereTheDatabaseWasAway() {
    scores("ann", 5);
    halfAMinuteLater();
    long before = version(changes(""));

    realtime.mode(Mode.AWAY);
    scores("bob", 9);
    assertThat(fireside.project().deadLetters()).isEmpty();
    fireside.clock().advance(Duration.ofSeconds(31));
    assertThatIllegalStateException().isThrownBy(() -> fireside.fire("leaderboards-flush-deltas"));
    assertThat(published(NODE)).containsExactly("1 ann 5");
    isWellAgain();
    halfAMinuteLater();

    assertThat(published(NODE)).containsExactly("1 bob 9", "2 ann 5");
    assertThat(rows(changes("?since=" + before))).containsExactly("1 bob 9", "2 ann 5");
  }

  @Test
  void areRepeatedWhereAProcessEndsBeforeItRemembersThem() {
    scores("ann", 5);
    halfAMinuteLater();
    long before = version(changes(""));

    realtime.mode(Mode.ANSWER_LOST);
    scores("bob", 9);
    fireside.clock().advance(Duration.ofSeconds(31));
    assertThatIllegalStateException().isThrownBy(() -> fireside.fire("leaderboards-flush-deltas"));
    assertThat(published(NODE)).containsExactly("1 bob 9", "2 ann 5");
    assertThat(changes("?since=" + before).status()).isEqualTo(304);
    isWellAgain();
    halfAMinuteLater();

    Reply after = changes("?since=" + before);
    assertThat(rows(after)).containsExactly("1 bob 9", "2 ann 5");
    assertThat(published(NODE)).containsExactly("1 bob 9", "2 ann 5");
    assertThat(realtime.at(NODE + "/version").asLong()).isEqualTo(version(after));
  }

  @Test
  void keepOnlyTheLastOfThePeriodsThatAreOver() {
    scores("ann", 5);
    halfAMinuteLater();
    fireside.clock().set(Arena.NOON.plus(Duration.ofDays(1)));
    scores("ann", 4);
    halfAMinuteLater();
    assertThat(published(NODE)).containsExactly("1 ann 5");

    fireside.clock().set(Arena.NOON.plus(Duration.ofDays(2)));
    scores("ann", 3);
    halfAMinuteLater();

    assertThat(realtime.at("leaderboards/race").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("all-time", "daily-2026-11-22", "daily-2026-11-23");
    assertThat(published("leaderboards/race/daily-2026-11-23")).containsExactly("1 ann 3");
  }

  @Test
  void publishWhatCameJustBeforeThePeriodEnded() {
    scores("ann", 5);
    halfAMinuteLater();
    fireside.clock().set(Arena.NOON.plus(Duration.ofHours(12)).minusSeconds(1));
    scores("bob", 6);
    fireside.clock().advance(Duration.ofSeconds(2));
    fireside.fire("leaderboards-settle");
    fireside.settle();
    halfAMinuteLater();

    assertThat(published(NODE)).containsExactly("1 bob 6", "2 ann 5");
    assertThat(rows(changes("?at=daily-2026-11-21"))).containsExactly("1 bob 6", "2 ann 5");
  }

  @Test
  void areHeardByWhoeverListens() {
    scores("ann", 5);
    halfAMinuteLater();
    try (Stream<String> heard = realtime.listen(NODE + "/rows/ann")) {
      var events = heard.filter(line -> line.startsWith("data: {")).iterator();
      assertThat(events.next()).contains("\"score\":5");
      scores("ann", 7);
      halfAMinuteLater();
      assertThat(events.next()).contains("7");
    }
  }

  @Test
  void forgetBoardsThatAreDeleted() {
    scores("ann", 5);
    halfAMinuteLater();
    assertThat(published(NODE)).isNotEmpty();

    arena.admin().delete("/api/leaderboards/race");
    fireside.settle();
    halfAMinuteLater();

    assertThat(realtime.at("leaderboards/race").isNull()).isTrue();
  }
}
