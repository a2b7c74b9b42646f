package dev.fireside.acceptance.routes;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Calls of the routes of `leaderboards`.
final class BoardCalls {
  /// A board that takes scores without a session.
  static final String ARENA = "arena";

  private static final String PATH = "/api/leaderboards/";

  private final Cast cast;

  BoardCalls(Cast cast) {
    this.cast = cast;
    make(ARENA, Map.of());
    make("guild", Map.of("joinRequired", true));
    make("door", Map.of());
    make("days", Map.of("periods", List.of("daily")));
    Cast.ok(200, cast.other().caller().post(PATH + "arena/scores", Map.of("score", 80)));
  }

  private static Map<String, Object> board(String id, Map<String, Object> more) {
    var body = new HashMap<String, Object>(more);
    body.put("id", id);
    body.put("title", id);
    body.put("session", "optional");
    return body;
  }

  private void make(String id, Map<String, Object> more) {
    Cast.ok(201, cast.root().post("/api/leaderboards", board(id, more)));
  }

  Map<String, RouteCall> all() {
    var calls = new HashMap<String, RouteCall>();
    calls.put(
        "POST /api/leaderboards",
        who -> who.caller().post("/api/leaderboards", board(cast.next("board"), Map.of())));
    calls.put("GET /api/leaderboards/{board}", who -> who.caller().get(PATH + ARENA));
    calls.put(
        "PATCH /api/leaderboards/{board}",
        who -> who.caller().patch(PATH + ARENA, Map.of("title", "The arena")));
    calls.put(
        "DELETE /api/leaderboards/{board}",
        who -> {
          String id = cast.next("board");
          make(id, Map.of());
          return who.caller().delete(PATH + id);
        });
    calls.put(
        "PUT /api/leaderboards/{board}/closed", who -> who.caller().put(PATH + "door/closed"));
    calls.put(
        "DELETE /api/leaderboards/{board}/closed",
        who -> who.caller().delete(PATH + "door/closed"));
    calls.put(
        "POST /api/leaderboards/{board}/periods/{period}/end",
        who ->
            who.caller()
                .post(PATH + "days/periods/daily-" + LocalDate.now(ZoneOffset.UTC) + "/end"));
    calls.put("POST /api/leaderboards/{board}/join", who -> who.caller().post(PATH + "guild/join"));
    calls.put(
        "POST /api/leaderboards/{board}/scores",
        who -> who.caller().post(PATH + "arena/scores", Map.of("score", 70)));
    for (String list : new String[] {"scores", "periods", "changes"}) {
      calls.put(
          "GET /api/leaderboards/{board}/" + list,
          who -> who.caller().get(PATH + ARENA + "/" + list));
    }
    calls.put(
        "GET /api/leaderboards/{board}/around/{uid}",
        who -> who.caller().get(PATH + "arena/around/other"));
    calls.put(
        "DELETE /api/leaderboards/{board}/scores/{uid}",
        who -> who.caller().delete(PATH + "arena/scores/cheat"));
    calls.put(
        "GET /api/leaderboards/{board}/hidden", who -> who.caller().get(PATH + "arena/hidden"));
    calls.put(
        "PUT /api/leaderboards/{board}/hidden/{uid}",
        who -> who.caller().put(PATH + "arena/hidden/cheat"));
    calls.put(
        "DELETE /api/leaderboards/{board}/hidden/{uid}",
        who -> who.caller().delete(PATH + "arena/hidden/cheat"));
    return calls;
  }
}
