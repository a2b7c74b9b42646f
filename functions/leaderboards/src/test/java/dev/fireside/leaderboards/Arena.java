package dev.fireside.leaderboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.store.Documents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/// Boards and the players who meet on them in tests, over HTTP; what other modules own is written
/// as documents, as they would.
final class Arena {
  /// A Saturday noon, far from every reset.
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final FiresideExtension fireside;

  Arena(FiresideExtension fireside) {
    this.fireside = fireside;
  }

  Caller as(String uid) {
    return fireside.http().as(uid);
  }

  Caller anybody() {
    return fireside.http().anonymous();
  }

  Caller admin() {
    return fireside.http().as("root", Role.ADMIN);
  }

  Caller moderator() {
    return fireside.http().as("mod", Role.MODERATOR);
  }

  Documents documents() {
    return fireside.platform().documents();
  }

  /// A board with an all-time period that takes scores without a session, changed by `settings`.
  void board(String id, Map<String, ?> settings) {
    Reply reply = admin().post("/api/leaderboards", draft(id, settings));
    if (reply.status() != 201) {
      throw new AssertionError(reply.toString());
    }
  }

  void board(String id) {
    board(id, Map.of());
  }

  static Map<String, Object> draft(String id, Map<String, ?> settings) {
    var body = new HashMap<String, Object>();
    body.put("id", id);
    body.put("title", "Board " + id);
    body.put("periods", List.of("all-time"));
    body.put("session", "optional");
    body.putAll(settings);
    return body;
  }

  Reply submit(String board, String uid, Map<String, ?> body) {
    return as(uid).post("/api/leaderboards/" + board + "/scores", body);
  }

  /// A score that must be taken.
  void score(String board, String uid, Number score) {
    score(board, uid, Map.of("score", score));
  }

  void score(String board, String uid, Map<String, ?> body) {
    Reply reply = submit(board, uid, body);
    if (reply.status() != 200) {
      throw new AssertionError(reply.toString());
    }
  }

  /// Scores of players, in this order: `uid`, score, `uid`, score, …
  void scores(String board, Object... players) {
    for (int i = 0; i < players.length; i += 2) {
      score(board, (String) players[i], (Number) players[i + 1]);
    }
  }

  void person(String uid) {
    var fields = new HashMap<String, Object>();
    fields.put("handle", uid);
    fields.put("displayName", "Player " + uid);
    fields.put("avatarUrl", "https://cdn.example/" + uid + ".png");
    fields.put("status", "active");
    fields.put("createdAt", Instant.parse("2026-01-01T00:00:00Z"));
    documents().set("users/" + uid, fields);
  }

  void follow(String follower, String followee) {
    documents()
        .set(
            "follows/" + follower + ":" + followee,
            Map.of(
                "id",
                fireside.platform().ids().next(),
                "follower",
                follower,
                "followee",
                followee));
    // It is made of the documents again.
    documents().delete("followLists/" + follower);
  }

  /// The page, once the board's ranks exist.
  Reply scoresOf(Caller caller, String board, String query) {
    return ready(caller, "/api/leaderboards/" + board + "/scores" + query);
  }

  /// What a path answers once it does not say `rebuilding`.
  Reply ready(Caller caller, String path) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> caller.get(path), reply -> !reply.body().path("rebuilding").asBoolean());
  }

  /// `1 ann 30`: rank, uid and score of each item.
  static List<String> rows(Reply reply) {
    if (reply.status() != 200) {
      throw new AssertionError(reply.toString());
    }
    return rows(reply.body().path("items"));
  }

  static List<String> rows(JsonNode items) {
    return StreamSupport.stream(items.spliterator(), false)
        .map(item ->
            (item.hasNonNull("rank") ? item.path("rank").asText() : "-")
                + " "
                + item.path("uid").asText()
                + " "
                + item.path("score").decimalValue().stripTrailingZeros().toPlainString())
        .toList();
  }

  static String cursor(Reply reply, String which) {
    JsonNode cursor = reply.body().path(which);
    if (!cursor.isTextual()) {
      throw new AssertionError("No " + which + " in " + reply);
    }
    return "&cursor=" + cursor.asText();
  }
}
