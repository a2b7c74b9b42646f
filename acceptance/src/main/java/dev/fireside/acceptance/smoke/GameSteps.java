package dev.fireside.acceptance.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The steps of players: a board, a signed game, ranks, inventory and a live event.
final class GameSteps {
  private static final String BOARD = "smoke-arena";
  private static final String SCORES = "/api/leaderboards/" + BOARD + "/scores";

  private final SmokeClient http;

  GameSteps(SmokeClient http) {
    this.http = http;
  }

  boolean makeBoard() {
    return http.status(
                "PUT", "/api/inventory/currencies/gold", "root-admin", Map.of("title", "Gold"))
            == 200
        && http.status(
                "PUT",
                "/api/inventory/catalogue/potion",
                "root-admin",
                Map.of("title", "Potion", "kind", "potion", "consumable", true))
            == 200
        && http.status(
                "POST",
                "/api/leaderboards",
                "root-admin",
                Map.of(
                    "id",
                    BOARD,
                    "title",
                    "Arena",
                    "periods",
                    List.of("daily", "all-time"),
                    "scopes",
                    List.of("global", "country", "friends"),
                    "session",
                    "required",
                    "rules",
                    Map.of("scoreFromEvents", true)))
            == 201
        && http.status("POST", SCORES, "ada", Map.of("score", 9_000)) == 400;
  }

  boolean play() {
    return finish("bob", 80) == 1
        && finish("ada", 120) == 1
        && finish("eve", 80) == 3
        && http.get(SCORES + "?period=daily", null).at("/items/1/uid").asText().equals("bob");
  }

  /// Plays a game of so many points, sends its end twice, and answers with the rank of all time.
  private int finish(String uid, int points) {
    JsonNode game = http.send("POST", "/api/games", uid, Map.of("board", BOARD, "country", "SE"));
    String path = "/api/games/" + game.path("id").asText();
    String key = game.path("signingKey").asText();
    http.signed(
        path + "/events",
        uid,
        key,
        Map.of(
            "events",
            List.of(
                Map.of("seq", 1, "at", 0, "type", "start"),
                Map.of("seq", 2, "at", 1, "type", "goal", "points", points))));
    JsonNode first = http.signed(path + "/finish", uid, key, Map.of("score", points));
    JsonNode again = http.signed(path + "/finish", uid, key, Map.of("score", points));
    return !first.path("duplicate").asBoolean() && again.path("duplicate").asBoolean()
        ? rankOfAllTime(again)
        : 0;
  }

  private static int rankOfAllTime(JsonNode reply) {
    for (JsonNode period : reply.path("periods")) {
      if (period.path("period").asText().equals("all-time")) {
        return period.at("/rank/after").asInt();
      }
    }
    return 0;
  }

  boolean rank() {
    JsonNode page = http.get(SCORES + "?period=all-time&limit=1", "bob");
    JsonNode next =
        http.get(
            SCORES + "?period=all-time&limit=1&cursor=" + page.path("nextCursor").asText(), "bob");
    JsonNode friends = http.get(SCORES + "?period=all-time&scope=friends", "bob");
    JsonNode around =
        http.get("/api/leaderboards/" + BOARD + "/around/bob?period=all-time&limit=3", null);
    return page.at("/items/0/uid").asText().equals("ada")
        && page.at("/items/0/handle").asText().equals("ada")
        && next.at("/items/0/rank").asInt() == 2
        && friends.path("items").size() == 2
        && around.at("/items/1/uid").asText().equals("bob")
        && http.get("/api/leaderboards/me", "eve").at("/items/0/board").asText().equals(BOARD);
  }

  boolean own() {
    Map<String, Object> grant =
        Map.of(
            "uid", "bob",
            "items", List.of(Map.of("item", "potion", "count", 2)),
            "reason", "a walk through the product");
    Map<String, Object> one = Map.of("item", "potion", "count", 1);
    return http.status("POST", "/api/inventory/grants", "root-admin", grant) == 200
        && http.status("POST", "/api/inventory/consume", "bob", one) == 200
        && http.status("POST", "/api/inventory/consume", "bob", one) == 200
        && http.status("POST", "/api/inventory/consume", "bob", one) == 409
        && http.get("/api/inventory", "bob").path("revision").asInt() == 3;
  }

  boolean liveEvent() {
    Instant now = Instant.now();
    JsonNode made =
        http.send(
            "POST",
            "/api/events",
            "root-admin",
            Map.of(
                "title",
                "Opening week",
                "startsAt",
                now.minusSeconds(60).toString(),
                "endsAt",
                now.plusSeconds(3_600).toString(),
                "tiers",
                List.of(
                    Map.of(
                        "points", 10, "currencies", List.of(Map.of("code", "gold", "amount", 25)))),
                "selfReported",
                true,
                "pointsPerCall",
                10,
                "pointsMax",
                100,
                "status",
                "published"));
    String path = "/api/events/" + made.path("id").asText();
    return http.status("POST", path + "/join", "bob", null) == 200
        && http.status("POST", path + "/progress", "bob", Map.of("points", 10)) == 200
        && http.status("POST", path + "/tiers/1/claim", "bob", null) == 200
        && http.status("POST", path + "/tiers/1/claim", "bob", null) == 200
        && http.get("/api/inventory", "bob").toString().contains("25");
  }
}
