package dev.fireside.acceptance.routes;

import java.util.List;
import java.util.Map;

/// Calls of the routes of `presence`.
final class PresenceCalls {
  Map<String, RouteCall> all() {
    return Map.of(
        "PUT /api/presence/watching",
        who -> who.caller().put("/api/presence/watching", Map.of("users", List.of(Cast.OTHER))),
        "GET /api/presence",
        who -> who.caller().get("/api/presence?users=" + Cast.OTHER),
        "PATCH /api/presence/me",
        who -> who.caller().patch("/api/presence/me", Map.of("visibility", "everybody")));
  }
}
