package dev.fireside.acceptance.routes;

import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.auth.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Calls of the routes of `accounts`.
final class AccountCalls {
  private final Cast cast;

  AccountCalls(Cast cast) {
    this.cast = cast;
    cast.other();
    // Each meets one kind of call, so that none changes what another route shows.
    List.of("foe", "culprit", "clerk").forEach(cast::person);
  }

  Map<String, RouteCall> all() {
    var calls = new HashMap<String, RouteCall>();
    calls.put("POST /api/users", this::create);
    calls.put("GET /api/users", who -> who.caller().get("/api/users?ids=other,foe"));
    calls.put("GET /api/users/{id}", who -> who.caller().get("/api/users/other"));
    calls.put(
        "PATCH /api/users/me",
        who -> who.caller().patch("/api/users/me", Map.of("displayName", "Somebody")));
    calls.put("DELETE /api/users/me", who -> cast.like(who).caller().delete("/api/users/me"));
    calls.put(
        "GET /api/users/{id}/followers", who -> who.caller().get("/api/users/other/followers"));
    calls.put(
        "GET /api/users/{id}/following", who -> who.caller().get("/api/users/other/following"));
    for (String link : List.of("follow", "block", "mute")) {
      String path = "/api/users/foe/" + link;
      calls.put("PUT /api/users/{id}/" + link, who -> who.caller().put(path));
      calls.put("DELETE /api/users/{id}/" + link, who -> who.caller().delete(path));
    }
    calls.put("GET /api/users/{id}/roles", who -> who.caller().get("/api/users/clerk/roles"));
    calls.put(
        "PUT /api/users/{id}/roles",
        who -> who.caller().put("/api/users/clerk/roles", Map.of("roles", List.of("moderator"))));
    String suspension = "/api/users/culprit/suspension";
    calls.put("PUT /api/users/{id}/suspension", who -> who.caller().put(suspension));
    calls.put("DELETE /api/users/{id}/suspension", who -> who.caller().delete(suspension));
    calls.put(
        "POST /api/users/me/sign-out",
        who -> cast.like(who).caller().post("/api/users/me/sign-out"));
    calls.put(
        "POST /api/users/{id}/sign-out", who -> who.caller().post("/api/users/clerk/sign-out"));
    return calls;
  }

  private Reply create(Who who) {
    String uid = cast.next("new");
    var caller =
        who.isAnonymous()
            ? who.caller()
            : cast.fireside().http().as(uid, who.roles().toArray(Role[]::new));
    return caller.post("/api/users", Map.of("handle", uid, "displayName", uid));
  }
}
