package dev.fireside.games.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.play.EndSession;
import dev.fireside.play.ScoreFields;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.Implausible;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionState;
import dev.fireside.shared.ids.Uid;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinishIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().topics("leaderboards-rebuild");

  private final Arcade arcade = new Arcade(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void countsTheScoreAndEndsTheSession() {
    arcade.board("arena", Map.of());
    String id = arcade.started("ann", "arena");

    Reply reply =
        arcade.finish("ann", id, Map.of("score", 120, "subscore", 3, "metadata", Map.of("map", 7)));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("state").asText()).isEqualTo("finished");
    assertThat(reply.body().path("score").asLong()).isEqualTo(120);
    assertThat(reply.body().path("duplicate").asBoolean()).isFalse();
    assertThat(reply.body().path("periods")).hasSize(1);
    JsonNode period = reply.body().path("periods").path(0);
    assertThat(period.path("newBest").asBoolean()).isTrue();
    assertThat(period.path("rank").has("before")).isFalse();
    assertThat(period.path("rank").path("after").asLong()).isOne();
    GameSession session = arcade.stored(id);
    assertThat(session.state()).isEqualTo(SessionState.FINISHED);
    assertThat(Objects.requireNonNull(session.score()).metadata()).isEqualTo("{\"map\":7}");
    Entry entry = arcade.player("arena", "ann").orElseThrow().entry("all-time");
    assertThat(entry.score()).isEqualTo(120);
    assertThat(entry.subscore()).isEqualTo(3);
    assertThat(entry.metadata()).isEqualTo("{\"map\":7}");
    assertThat(arcade.as("ann").get("/api/games/" + id).body().path("metadata").path("map").asInt())
        .isEqualTo(7);
    assertThat(arcade.events("ann", id, Arcade.numbered(1, 1)).status()).isEqualTo(409);
  }

  @Test
  void writesTwoDocuments() {
    arcade.board("arena", Map.of());
    // The first one builds the ranks.
    arcade.finish("bob", arcade.started("bob", "arena"), Map.of("score", 7));
    String id = arcade.started("ann", "arena");
    var before = fireside.counts();

    arcade.finish("ann", id, Map.of("score", 120));

    var used = fireside.counts().minus(before);
    // The session once more before the transaction.
    assertThat(used.reads()).isEqualTo(4);
    assertThat(used.writes()).isEqualTo(2);
  }

  @Test
  void countsOnceHoweverOftenItIsFinished() {
    arcade.board("sum", Map.of("operator", "incr"));
    String id = arcade.started("ann", "sum");

    List<Reply> replies = Calls.atOnce(50, i -> arcade.finish("ann", id, Map.of("score", 7)));

    assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
    assertThat(replies).filteredOn(reply -> !reply.body().path("duplicate").asBoolean()).hasSize(1);
    assertThat(arcade.score("sum", "ann")).isEqualTo(7);

    Reply other = arcade.finish("ann", id, Map.of("score", 8));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body().path("reason").asText()).isEqualTo("other-score");
    assertThat(arcade.finish("ann", id, Map.of("score", 7, "subscore", 1)).status()).isEqualTo(409);
    assertThat(arcade.finish("ann", id, Map.of("score", 7, "metadata", Map.of())).status())
        .isEqualTo(409);
    assertThat(arcade.finish("ann", id, Map.of("score", 7.0, "subscore", 0)).status())
        .isEqualTo(200);

    // Also when the board has forgotten the submission.
    fireside.clock().advance(Duration.ofHours(30));
    assertThat(arcade.finish("ann", id, Map.of("score", 7)).status()).isEqualTo(200);
    assertThat(arcade.score("sum", "ann")).isEqualTo(7);
  }

  @Test
  void addsUpTheSessionsOfAPlayerThatEndAllAtOnce() {
    arcade.board("sum", Map.of("operator", "incr"));
    List<String> ids = Calls.atOnce(10, i -> arcade.started("ann", "sum"));

    Calls.atOnce(30, i -> arcade.finish("ann", ids.get(i % 10), Map.of("score", 5)));

    assertThat(arcade.score("sum", "ann")).isEqualTo(50);
  }

  @Test
  void knowsTheScoreThatASessionWasEndedWithElsewhere() {
    arcade.board("sum", Map.of("operator", "incr"));
    String id = arcade.started("ann", "sum");
    // What a score with a session does that is sent to the board itself.
    new EndSession(fireside.platform())
        .end(
            new BoardId("sum"),
            new Uid("ann"),
            new SessionId(id),
            new ScoreFields(BigDecimal.valueOf(7), BigDecimal.ZERO, null, null));

    assertThat(arcade.stored(id).state()).isEqualTo(SessionState.FINISHED);
    assertThat(arcade.finish("ann", id, Map.of("score", 8)).status()).isEqualTo(409);
    Reply same = arcade.finish("ann", id, Map.of("score", 7));
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.body().path("duplicate").asBoolean()).isTrue();
    assertThat(arcade.score("sum", "ann")).isEqualTo(7);
    assertThat(arcade.stored(id).score()).isEqualTo(new FinalScore(7, 0, null));
  }

  @Test
  void countsWhileRedisIsAway() {
    arcade.board("arena", Map.of());
    String id = arcade.started("ann", "arena");
    fireside.killRedis();
    try {
      Reply reply = arcade.finish("ann", id, Map.of("score", 120));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body().path("rebuilding").asBoolean()).isTrue();
      assertThat(reply.body().path("periods").path(0).path("rank").isNull()).isTrue();
      assertThat(
              arcade.finish("ann", id, Map.of("score", 120)).body().path("duplicate").asBoolean())
          .isTrue();
      assertThat(arcade.score("arena", "ann")).isEqualTo(120);
      assertThat(arcade.stored(id).state()).isEqualTo(SessionState.FINISHED);
    } finally {
      fireside.restartRedis();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "minSeconds, 30, TOO_SHORT, too-short",
    "minEvents, 4, TOO_FEW_EVENTS, too-few-events",
    "pointsPerSecondMax, 0, TOO_FAST, too-fast",
    "scoreFromEvents, 1, NOT_THE_SUM, not-the-sum"
  })
  void rejectsForGoodWhatTheBoardDoesNotBelieve(
      String rule, long value, Implausible why, String shown) {
    arcade.board(
        "arena", Map.of("rules", Map.of(rule, rule.equals("scoreFromEvents") ? true : value)));
    String id = arcade.started("ann", "arena");
    arcade.events("ann", id, Arcade.numbered(1, 3));

    Reply reply = arcade.finish("ann", id, Map.of("score", 31));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body().path("detail").asText()).endsWith(why.sentence());
    assertThat(reply.body().path("reason").asText()).isEqualTo(shown);
    GameSession session = arcade.stored(id);
    assertThat(session.state()).isEqualTo(SessionState.REJECTED);
    assertThat(session.rejection()).isEqualTo(why);
    assertThat(arcade.as("ann").get("/api/games/" + id).body().path("rejection").asText())
        .isEqualTo(shown);
    assertThat(Objects.requireNonNull(session.score()).score()).isEqualTo(31);
    assertThat(arcade.player("arena", "ann")).isEmpty();
    fireside.clock().advance(Duration.ofMinutes(1));
    Reply again = arcade.finish("ann", id, Map.of("score", 30));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("reason").asText()).isEqualTo(shown);
    assertThat(arcade.player("arena", "ann")).isEmpty();
  }

  @Test
  void believesWhatKeepsToTheRules() {
    arcade.board(
        "arena",
        Map.of(
            "decimals",
            1L,
            "rules",
            Map.of(
                "minSeconds", 5L,
                "minEvents", 2L,
                "pointsPerSecondMax", 100L,
                "scoreFromEvents", true)));
    String id = arcade.started("ann", "arena");
    arcade.events(
        "ann",
        id,
        List.of(
            Map.of("seq", 1, "at", 0, "type", "kill", "points", 10.5),
            Map.of("seq", 2, "at", 100, "type", "loss", "points", -0.5)));
    fireside.clock().advance(Duration.ofSeconds(5));

    assertThat(arcade.finish("ann", id, Map.of("score", 10.0)).status()).isEqualTo(200);
    assertThat(arcade.score("arena", "ann")).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"score\":NaN}|",
        "{}|score",
        "{\"score\":\"12\"}|score",
        "{\"score\":null}|score",
        "{\"score\":1.5}|score",
        "{\"score\":9007199254740992}|score",
        "{\"score\":1e400}|score",
        "{\"score\":1e-400}|score",
        "{\"score\":-1}|score",
        "{\"score\":1001}|score",
        "{\"score\":1,\"subscore\":0.5}|subscore",
        "{\"score\":1,\"subscore\":-9007199254740992}|subscore",
        "{\"score\":1,\"metadata\":[1]}|metadata",
        "{\"score\":1,\"metadata\":{\"x\":\"0123456789\"}}|metadata",
      })
  void namesTheFieldThatTheBoardDoesNotTakeAndLetsThePlayerTryAgain(String body, String field) {
    arcade.board("arena", Map.of("scoreMax", 1_000L, "metadataBytes", 16L));
    String id = arcade.started("ann", "arena");

    Reply reply =
        arcade.signed(
            arcade.as("ann"), Arcade.finishPath(id), id, body.getBytes(StandardCharsets.UTF_8));

    assertThat(reply.status()).isEqualTo(400);
    if (field != null) {
      assertThat(reply.errorFields()).containsExactly(field);
    }
    assertThat(arcade.stored(id).state()).isEqualTo(SessionState.OPEN);
    assertThat(arcade.finish("ann", id, Map.of("score", 1_000)).status()).isEqualTo(200);
  }

  @Test
  void takesNothingLate() {
    arcade.board("arena", Map.of("rules", Map.of("maxSeconds", 60L)));
    String id = arcade.started("ann", "arena");

    fireside.clock().advance(Duration.ofMinutes(1));

    Reply reply = arcade.finish("ann", id, Map.of("score", 1));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body().path("detail").asText()).contains("abandoned");
    fireside.fire("games-sweep");
    assertThat(arcade.finish("ann", id, Map.of("score", 1)).status()).isEqualTo(409);
    assertThat(arcade.player("arena", "ann")).isEmpty();
  }

  @Test
  void leavesTheSessionOpenWhereTheBoardHasClosed() {
    arcade.board("arena", Map.of());
    String id = arcade.started("ann", "arena");
    arcade.documents().update("leaderboards/arena", Map.of("status", "closed"));

    assertThat(arcade.finish("ann", id, Map.of("score", 1)).status()).isEqualTo(409);
    assertThat(arcade.stored(id).state()).isEqualTo(SessionState.OPEN);
    arcade.documents().delete("leaderboards/arena");
    assertThat(arcade.finish("ann", id, Map.of("score", 1)).status()).isEqualTo(404);
    assertThat(arcade.stored(id).state()).isEqualTo(SessionState.OPEN);
  }

  @Test
  void isNobodyElsesToFinish() {
    arcade.board("arena", Map.of());
    String id = arcade.started("ann", "arena");
    String other = arcade.started("ann", "arena");
    byte[] body = Arcade.bytes(Map.of("score", 1));

    assertThat(arcade.finish("bob", id, Map.of("score", 1)).status()).isEqualTo(404);
    assertThat(arcade.signed(arcade.as("ann"), Arcade.finishPath(id), other, body).status())
        .isEqualTo(403);
    assertThat(
            arcade.as("ann").raw("POST", Arcade.finishPath(id), body, "application/json").status())
        .isEqualTo(400);
    assertThat(arcade.stored(id).state()).isEqualTo(SessionState.OPEN);
  }
}
