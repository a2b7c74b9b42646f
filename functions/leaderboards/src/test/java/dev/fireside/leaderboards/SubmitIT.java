package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.play.SignedRequests;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.EventTotals;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionSignature;
import dev.fireside.play.domain.SessionState;
import dev.fireside.play.store.SessionDocument;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `POST /api/leaderboards/{board}/scores`.
class SubmitIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Arena arena = new Arena(fireside);

  @BeforeEach
  void noon() {
    fireside.clock().set(Arena.NOON);
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private static String path(String board) {
    return "/api/leaderboards/" + board + "/scores";
  }

  private Reply raw(String board, String json) {
    return arena
        .as("ann")
        .raw("POST", path(board), json.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  @Test
  void tellsOfEveryPeriodWhatTheScoreDid() {
    arena.board(
        "race",
        Map.of(
            "periods", List.of("daily", "all-time"), "scopes", List.of("country"), "decimals", 2));
    assertThat(arena.submit("race", "bob", Map.of("score", 20)).status()).isEqualTo(200);

    Reply first =
        arena.submit(
            "race",
            "ann",
            Map.of("score", 10.25, "subscore", 5, "country", "SE", "metadata", Map.of("car", 1)));
    Reply better = arena.submit("race", "ann", Map.of("score", 20.5));

    assertThat(first.status()).isEqualTo(200);
    JsonNode day = better.body().at("/periods/0");
    assertThat(day.path("period").asText()).isEqualTo("daily");
    assertThat(day.path("key").asText()).isEqualTo("daily-2026-11-21");
    assertThat(day.path("endsAt").asText()).isEqualTo("2026-11-22T00:00:00Z");
    assertThat(day.path("score").decimalValue()).isEqualByComparingTo("20.5");
    assertThat(day.path("newBest").asBoolean()).isTrue();
    assertThat(day.at("/rank/before").asInt()).isEqualTo(2);
    assertThat(day.at("/rank/after").asInt()).isEqualTo(1);
    assertThat(day.path("entries").asInt()).isEqualTo(2);
    assertThat(day.at("/country/country").asText()).isEqualTo("SE");
    assertThat(day.at("/country/rank/after").asInt()).isEqualTo(1);
    assertThat(better.body().path("periods")).hasSize(2);
    assertThat(better.body().path("duplicate").asBoolean(true)).isFalse();
    assertThat(better.body().path("rebuilding").asBoolean(true)).isFalse();
  }

  @Test
  void tellsWhereThePlayerStoodAlsoRightAfterALossOfRedis() {
    arena.board("race", Map.of("scopes", List.of("country")));
    arena.submit("race", "bob", Map.of("score", 20, "country", "SE"));
    arena.submit("race", "ann", Map.of("score", 10, "country", "SE"));
    fireside.settle();
    fireside.flushRedis();

    Reply better = arena.submit("race", "ann", Map.of("score", 30));

    JsonNode period = better.body().at("/periods/0");
    assertThat(better.body().path("rebuilding").asBoolean(true)).isFalse();
    assertThat(period.at("/rank/before").asInt()).isEqualTo(2);
    assertThat(period.at("/rank/after").asInt()).isEqualTo(1);
    assertThat(period.at("/country/rank/before").asInt()).isEqualTo(2);
    assertThat(period.at("/country/rank/after").asInt()).isEqualTo(1);
  }

  @Test
  void countsARequestThatComesAgainOnce() {
    arena.board("coins", Map.of("operator", "incr"));
    Caller ann = arena.as("ann").header("Idempotency-Key", "a-key");

    Reply first = ann.post(path("coins"), Map.of("score", 5));
    fireside.flushRedis();
    Reply second = ann.post(path("coins"), Map.of("score", 5));

    assertThat(first.body().path("duplicate").asBoolean(true)).isFalse();
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body().path("duplicate").asBoolean()).isTrue();
    assertThat(second.body().at("/periods/0/score").asInt()).isEqualTo(5);
    // The key is the player's own.
    assertThat(
            arena
                .as("bob")
                .header("Idempotency-Key", "a-key")
                .post(path("coins"), Map.of("score", 5))
                .body()
                .path("duplicate")
                .asBoolean(true))
        .isFalse();
  }

  @Test
  void refusesAnotherScoreWithTheSameKeyButTakesThatOfAnAdmin() {
    arena.board("coins", Map.of("operator", "incr"));
    Caller ann = arena.as("ann").header("Idempotency-Key", "a-key");
    assertThat(ann.post(path("coins"), Map.of("score", 5)).status()).isEqualTo(200);

    Reply other = ann.post(path("coins"), Map.of("score", 6));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body().path("type").asText()).contains("key-reused");
    assertThat(ann.post(path("coins"), Map.of("score", 5.0)).status()).isEqualTo(200);

    Reply forAnn =
        arena
            .admin()
            .header("Idempotency-Key", "a-key")
            .post(path("coins"), Map.of("score", 7, "uid", "ann"));
    assertThat(forAnn.status()).isEqualTo(200);
    assertThat(forAnn.body().at("/periods/0/score").asInt()).isEqualTo(12);
  }

  @Test
  void keepsTakingScoresOfPlayersBeyondBoundsSetLater() {
    arena.board("race", Map.of("scoreMax", 1_000));
    arena.score("race", "ann", 900);
    assertThat(arena.admin().patch("/api/leaderboards/race", Map.of("scoreMax", 500)).status())
        .isEqualTo(200);

    Reply worse = arena.submit("race", "ann", Map.of("score", 400));
    assertThat(worse.status()).isEqualTo(200);
    assertThat(worse.body().at("/periods/0/score").asInt()).isEqualTo(900);
    assertThat(arena.submit("race", "ann", Map.of("score", 501)).status()).isEqualTo(400);
  }

  @Test
  void namesEveryFieldThatItDoesNotTake() {
    arena.board("race", Map.of("metadataBytes", 32, "scoreMax", 1_000_000));
    arena.board("precise", Map.of("decimals", 2, "scoreMin", -10));
    arena.board("coins", Map.of("operator", "incr"));
    String long33 = "x".repeat(33);
    Map<String, String> wrong = new HashMap<>();
    wrong.put("{}", "score");
    wrong.put("{\"score\":null}", "score");
    wrong.put("{\"score\":\"7\"}", "score");
    wrong.put("{\"score\":true}", "score");
    wrong.put("{\"score\":1.5}", "score");
    wrong.put("{\"score\":-1}", "score");
    wrong.put("{\"score\":1000001}", "score");
    wrong.put("{\"score\":9007199254740992}", "score");
    wrong.put("{\"score\":1e300}", "score");
    wrong.put("{\"score\":1e999999999}", "score");
    wrong.put("{\"score\":1e-999999999}", "score");
    wrong.put("{\"score\":7,\"subscore\":0.5}", "subscore");
    wrong.put("{\"score\":7,\"subscore\":-9007199254740992}", "subscore");
    wrong.put("{\"score\":7,\"subscore\":[]}", "subscore");
    wrong.put("{\"score\":7,\"metadata\":\"text\"}", "metadata");
    wrong.put("{\"score\":7,\"metadata\":{\"a\":\"" + long33 + "\"}}", "metadata");
    wrong.put("{\"score\":7,\"country\":\"se\"}", "country");
    wrong.put("{\"score\":7,\"country\":\"XX\"}", "country");
    wrong.put("{\"score\":7,\"country\":\"SWE\"}", "country");
    wrong.put("{\"score\":7,\"sessionId\":\"nope\"}", "sessionId");
    wrong.put("{\"score\":7,\"uid\":\"a b\"}", "uid");
    wrong.forEach((body, field) -> {
      Reply reply = raw("race", body);
      assertThat(reply.status()).as(body).isEqualTo(400);
      assertThat(reply.errorFields()).as(body).containsExactly(field);
    });
    assertThat(raw("precise", "{\"score\":0.125}").errorFields()).containsExactly("score");
    assertThat(raw("precise", "{\"score\":-9.99}").status()).isEqualTo(200);
    assertThat(raw("coins", "{\"score\":-1}").errorFields()).containsExactly("score");
    assertThat(raw("race", "{\"score\":-1,\"subscore\":0.1,\"metadata\":{}}").errorFields())
        .containsExactly("score", "subscore");
    for (String body : List.of("{\"score\":NaN}", "{\"score\":Infinity}", "[7]", "7", "{")) {
      Reply reply = raw("race", body);
      assertThat(reply.status()).as(body).isEqualTo(400);
      assertThat(reply.body().path("type").asText()).as(body).contains("malformed-body");
    }
    assertThat(raw("nowhere", "{\"score\":1}").status()).isEqualTo(404);
    assertThat(raw("No-Board", "{\"score\":1}").status()).isEqualTo(404);
    assertThat(arena.anybody().post(path("race"), Map.of("score", 1)).status()).isEqualTo(401);
    assertThat(
            arena
                .as("ann")
                .header("Idempotency-Key", "x".repeat(129))
                .post(path("race"), Map.of("score", 1))
                .status())
        .isEqualTo(400);
    // Nothing of all that was written.
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", ""))).isEmpty();
  }

  @Test
  void addsUpToTheBoundsAndNamesTheFieldBeyond() {
    arena.board("coins", Map.of("operator", "incr", "scoreMax", 10));
    arena.board("lives", Map.of("operator", "decr", "scoreMin", -3));
    assertThat(arena.submit("coins", "ann", Map.of("score", 10)).status()).isEqualTo(200);
    Reply more = arena.submit("coins", "ann", Map.of("score", 1));
    assertThat(more.status()).isEqualTo(409);
    assertThat(more.errorFields()).containsExactly("score");
    assertThat(more.body().path("reason").asText()).isEqualTo("total-out-of-bounds");
    arena.submit("lives", "ann", Map.of("score", 3));
    assertThat(arena.submit("lives", "ann", Map.of("score", 1)).status()).isEqualTo(409);
  }

  @Test
  void takesNothingOnceClosed() {
    arena.board("race");
    arena.admin().put("/api/leaderboards/race/closed");
    Reply closed = arena.submit("race", "ann", Map.of("score", 1));
    assertThat(closed.status()).isEqualTo(409);
    assertThat(closed.body().path("reason").asText()).isEqualTo("board-closed");
  }

  @Test
  void letsAdminsSubmitForOthersOnly() {
    arena.board("race", Map.of("session", "required"));
    Map<String, Object> body = Map.of("score", 7, "uid", "bob");
    assertThat(arena.as("ann").post(path("race"), body).status()).isEqualTo(403);
    assertThat(arena.moderator().post(path("race"), body).status()).isEqualTo(403);
    Reply own = arena.submit("race", "bob", body);
    assertThat(own.status()).isEqualTo(400);
    assertThat(own.errorFields()).containsExactly("sessionId");

    assertThat(arena.admin().post(path("race"), body).status()).isEqualTo(200);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", ""))).containsExactly("1 bob 7");
  }

  @Test
  void takesTheSignedScoreOfAGameSessionOnce() {
    arena.board(
        "race",
        Map.of("session", "required", "operator", "incr", "rules", Map.of("minSeconds", 10)));
    arena.board("other", Map.of("session", "required"));
    SessionId session = session("ann", "race");
    Map<String, Object> body = Map.of("score", 7, "sessionId", session.value());

    assertThat(arena.submit("race", "ann", body).errorFields()).containsExactly("X-Signature");
    assertThat(signed("ann", "race", body, session("ann", "race")).status()).isEqualTo(403);
    assertThat(signed("bob", "race", body, session).status()).isEqualTo(404);
    Reply elsewhere = signed("ann", "other", body, session);
    assertThat(elsewhere.status()).isEqualTo(400);
    assertThat(elsewhere.errorFields()).containsExactly("sessionId");

    fireside.clock().advance(Duration.ofSeconds(30));
    var before = fireside.counts();
    Reply taken = signed("ann", "race", body, session);
    var cost = fireside.counts().minus(before);
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.body().path("duplicate").asBoolean(true)).isFalse();
    assertThat(cost.writes()).isEqualTo(2);
    assertThat(stored(session).state()).isEqualTo(SessionState.FINISHED);
    assertThat(stored(session).score()).isEqualTo(new FinalScore(7, 0, null));
    Reply again = signed("ann", "race", body, session);
    assertThat(again.body().path("duplicate").asBoolean()).isTrue();
    assertThat(again.body().at("/periods/0/score").asInt()).isEqualTo(7);
    assertThat(again.body().at("/periods/0/rank/after").asInt()).isOne();
    Reply other = signed("ann", "race", Map.of("score", 8, "sessionId", session.value()), session);
    assertThat(other.status()).isEqualTo(409);

    SessionId late = session("ann", "race");
    fireside.clock().advance(Duration.ofHours(1));
    assertThat(signed("ann", "race", Map.of("score", 7, "sessionId", late.value()), late).status())
        .isEqualTo(409);
  }

  @Test
  void rejectsForGoodTheScoreOfASessionThatTheBoardDoesNotBelieve() {
    arena.board("race", Map.of("rules", Map.of("minSeconds", 10)));
    SessionId session = session("ann", "race");
    Map<String, Object> body = Map.of("score", 7, "sessionId", session.value());

    assertThat(signed("ann", "race", body, session).status()).isEqualTo(409);

    assertThat(stored(session).state()).isEqualTo(SessionState.REJECTED);
    fireside.clock().advance(Duration.ofSeconds(30));
    assertThat(signed("ann", "race", body, session).status()).isEqualTo(409);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", ""))).isEmpty();
  }

  @Test
  void takesOneOfTwoScoresThatASessionIsEndedWithAtOnce() throws Exception {
    arena.board("race", Map.of("operator", "incr"));
    SessionId session = session("ann", "race");

    List<Integer> statuses;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          IntStream.range(0, 8)
              .mapToObj(i ->
                  executor.submit(() ->
                      signed(
                              "ann",
                              "race",
                              Map.of("score", 1 + i % 2, "sessionId", session.value()),
                              session)
                          .status()))
              .toList();
      statuses = new ArrayList<>();
      for (var call : calls) {
        statuses.add(call.get());
      }
    }

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(4);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(4);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "")))
        .containsExactly("1 ann " + Objects.requireNonNull(stored(session).score()).score());
  }

  @Test
  void takesNoScoreOfASessionForABoardThatWasMadeAnew() {
    arena.board("race", Map.of("decimals", 2));
    SessionId session = session("ann", "race");

    Reply reply = signed("ann", "race", Map.of("score", 7, "sessionId", session.value()), session);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(stored(session).state()).isEqualTo(SessionState.OPEN);
  }

  private GameSession stored(SessionId session) {
    return SessionDocument.parse(
        arena.documents().get(SessionDocument.path(session)).orElseThrow());
  }

  private SessionId session(String uid, String board) {
    Instant now = fireside.clock().instant();
    var id = new SessionId(fireside.platform().ids().next());
    arena
        .documents()
        .set(
            SessionDocument.path(id),
            SessionDocument.fields(
                new GameSession(
                    id,
                    new Uid(uid),
                    new BoardId(board),
                    0,
                    "0123456789abcdef",
                    "SE",
                    SessionState.OPEN,
                    now,
                    now.plusSeconds(3_600),
                    EventTotals.NONE,
                    null,
                    null,
                    null)));
    return id;
  }

  private Reply signed(String uid, String board, Map<String, ?> body, SessionId session) {
    try {
      byte[] bytes = Json.mapper().writeValueAsBytes(body);
      String key = new SignedRequests(fireside.platform()).signingKey(session);
      String signature =
          SessionSignature.sign(key, fireside.clock().instant(), "POST", path(board), bytes);
      return arena
          .as(uid)
          .header(SessionSignature.HEADER, signature)
          .raw("POST", path(board), bytes, "application/json");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void costsOneScriptAndOneWriteWhenWarm() {
    arena.board("race", Map.of("periods", List.of("daily", "weekly", "monthly", "all-time")));
    Caller ann = arena.as("ann");
    ann.post(path("race"), Map.of("score", 1));
    fireside.settle();
    fireside.faults().holdAll();
    var before = fireside.counts();

    assertThat(ann.post(path("race"), Map.of("score", 2)).status()).isEqualTo(200);

    var cost = fireside.counts().minus(before);
    // Whether the account is good and how often it called in one, and the script.
    assertThat(cost.roundTrips()).isEqualTo(2);
    assertThat(cost.writes()).isOne();
    assertThat(cost.reads()).isEqualTo(2);
    fireside.faults().clear();
    fireside.settle();
  }

  @Test
  void addsUpAndDownWhereATotalMayBeBelowZero() {
    arena.board("karma", Map.of("operator", "incr", "scoreMin", -10, "scoreMax", 100));
    arena.board("coins", Map.of("operator", "incr"));
    arena.board("golf", Map.of("operator", "decr", "scoreMin", -10));

    arena.scores("karma", "ann", 5, "ann", -8, "bob", -2, "bob", 1.0);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "karma", "")))
        .containsExactly("1 bob -1", "2 ann -3");
    assertThat(arena.submit("karma", "ann", Map.of("score", -8)).status()).isEqualTo(409);
    arena.score("karma", "ann", Map.of("score", 0, "subscore", -3));
    arena.scores("golf", "ann", -4, "ann", 6);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "golf", ""))).containsExactly("1 ann -2");
    for (Map<String, Object> body :
        List.<Map<String, Object>>of(Map.of("score", -1), Map.of("score", 1, "subscore", -1))) {
      assertThat(arena.submit("coins", "ann", body).status()).isEqualTo(400);
    }
  }
}
