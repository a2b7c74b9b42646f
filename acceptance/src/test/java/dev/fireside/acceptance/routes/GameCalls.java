package dev.fireside.acceptance.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Calls of the routes of `games`.
final class GameCalls {
  private static final Map<String, Object> POTION = Map.of("item", "potion", "count", 1);

  private final Cast cast;
  private final String hunt;

  GameCalls(Cast cast) {
    this.cast = cast;
    putItem("potion", Map.of("consumable", true, "transferable", true));
    putItem("sword", Map.of("equipSlot", "hand"));
    putCurrency("GEM");
    this.hunt = "/api/events/" + hunt();
    Cast.ok(200, cast.other().caller().post(hunt + "/join"));
  }

  private void putItem(String id, Map<String, Object> more) {
    var body = new HashMap<String, Object>(more);
    body.put("title", id);
    body.put("kind", "thing");
    Cast.ok(200, cast.root().put("/api/inventory/catalogue/" + id, body));
  }

  private void putCurrency(String code) {
    Cast.ok(200, cast.root().put("/api/inventory/currencies/" + code, Map.of("title", code)));
  }

  /// A live event that runs.
  private static Map<String, Object> event() {
    Instant now = Instant.now();
    return Map.of(
        "title",
        "Hunt",
        "startsAt",
        now.minus(Duration.ofHours(1)).toString(),
        "endsAt",
        now.plus(Duration.ofHours(1)).toString(),
        "tiers",
        List.of(Map.of("points", 10, "items", List.of(POTION))),
        "selfReported",
        true,
        "pointsPerCall",
        10,
        "pointsMax",
        100,
        "status",
        "published");
  }

  private String hunt() {
    return Cast.id(cast.root().post("/api/events", event()));
  }

  /// Somebody with a potion and a sword.
  private Caller owner(Who who) {
    if (!who.isAnonymous()) {
      for (String item : List.of("potion", "sword")) {
        Cast.ok(200, cast.root().post("/api/inventory/grants", grant(who.uid(), item)));
      }
    }
    return who.caller();
  }

  private static Map<String, Object> grant(String uid, String item) {
    return Map.of(
        "uid", uid, "items", List.of(Map.of("item", item, "count", 1)), "reason", "a test");
  }

  /// Somebody who takes part in the hunt and has reached its tier.
  private Caller hunter(Who who) {
    if (!who.isAnonymous()) {
      Cast.ok(200, who.caller().post(hunt + "/join"));
      String award = hunt + "/participants/" + who.uid() + "/progress";
      Cast.ok(200, cast.root().post(award, Map.of("points", 10)));
    }
    return who.caller();
  }

  private JsonNode session(Who who) {
    return Cast.ok(201, cast.maker(who).post("/api/games", Map.of("board", BoardCalls.ARENA)))
        .body();
  }

  private String session(Who who, String more) {
    return "/api/games/" + session(who).path("id").asText() + more;
  }

  /// Sends to a new session what its device signed.
  private Reply signed(Who who, String what, Map<String, ?> body) {
    JsonNode session = session(who);
    String path = "/api/games/" + session.path("id").asText() + "/" + what;
    String text = Json.mapper().valueToTree(body).toString();
    String header =
        Signatures.header(
            session.path("signingKey").asText(),
            Instant.now().getEpochSecond(),
            "POST." + path + "." + text);
    return who.caller()
        .header("X-Signature", header)
        .raw("POST", path, text.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  Map<String, RouteCall> all() {
    var calls = new HashMap<String, RouteCall>();
    addSessions(calls);
    addInventory(calls);
    addCatalogue(calls);
    addEvents(calls);
    return calls;
  }

  private void addSessions(Map<String, RouteCall> calls) {
    calls.put(
        "POST /api/games",
        who -> who.caller().post("/api/games", Map.of("board", BoardCalls.ARENA)));
    calls.put("GET /api/games/{id}", who -> who.caller().get(session(who, "")));
    calls.put(
        "POST /api/games/{id}/events",
        who ->
            signed(
                who,
                "events",
                Map.of("events", List.of(Map.of("seq", 1, "at", 0, "type", "start")))));
    calls.put("GET /api/games/{id}/events", who -> who.caller().get(session(who, "/events")));
    calls.put("POST /api/games/{id}/finish", who -> signed(who, "finish", Map.of("score", 5)));
  }

  private void addInventory(Map<String, RouteCall> calls) {
    calls.put(
        "POST /api/inventory/consume", who -> owner(who).post("/api/inventory/consume", POTION));
    for (String wear : List.of("equip", "unequip")) {
      calls.put(
          "POST /api/inventory/" + wear,
          who -> owner(who).post("/api/inventory/" + wear, Map.of("item", "sword")));
    }
    calls.put(
        "POST /api/inventory/transfers",
        who ->
            owner(who)
                .post(
                    "/api/inventory/transfers",
                    Map.of("to", Cast.OTHER, "item", "potion", "count", 1)));
    calls.put(
        "POST /api/inventory/grants",
        who -> who.caller().post("/api/inventory/grants", grant(Cast.OTHER, "potion")));
    calls.put(
        "POST /api/inventory/takes",
        who -> who.caller().post("/api/inventory/takes", grant(Cast.OTHER, "potion")));
    for (String part : List.of("", "/history")) {
      calls.put(
          "GET /api/inventory/players/{uid}" + part,
          who -> who.caller().get("/api/inventory/players/" + Cast.OTHER + part));
    }
  }

  private void addCatalogue(Map<String, RouteCall> calls) {
    calls.put(
        "PUT /api/inventory/catalogue/{item}",
        who ->
            who.caller()
                .put("/api/inventory/catalogue/scroll", Map.of("title", "Scroll", "kind", "text")));
    calls.put(
        "DELETE /api/inventory/catalogue/{item}",
        who -> {
          putItem("fad", Map.of());
          return who.caller().delete("/api/inventory/catalogue/fad");
        });
    calls.put(
        "PUT /api/inventory/currencies/{code}",
        who -> who.caller().put("/api/inventory/currencies/gold", Map.of("title", "Gold")));
    calls.put(
        "DELETE /api/inventory/currencies/{code}",
        who -> {
          putCurrency("tin");
          return who.caller().delete("/api/inventory/currencies/tin");
        });
  }

  private void addEvents(Map<String, RouteCall> calls) {
    calls.put("POST /api/events", who -> who.caller().post("/api/events", event()));
    calls.put("GET /api/events/{id}", who -> who.caller().get(hunt));
    calls.put(
        "PATCH /api/events/{id}", who -> who.caller().patch(hunt, Map.of("title", "The hunt")));
    calls.put("DELETE /api/events/{id}", who -> who.caller().delete("/api/events/" + hunt()));
    calls.put("POST /api/events/{id}/join", who -> who.caller().post(hunt + "/join"));
    calls.put(
        "POST /api/events/{id}/progress",
        who -> hunter(who).post(hunt + "/progress", Map.of("points", 1)));
    calls.put(
        "POST /api/events/{id}/participants/{uid}/progress",
        who -> who.caller().post(hunt + "/participants/other/progress", Map.of("points", 1)));
    calls.put(
        "POST /api/events/{id}/tiers/{tier}/claim",
        who -> hunter(who).post(hunt + "/tiers/1/claim"));
  }
}
