package dev.fireside.acceptance.routes;

import java.util.Map;

/// Calls of the routes of `uploads`.
final class UploadCalls {
  private static final Map<String, Object> CLIP =
      Map.of("kind", "video", "bytes", 10, "contentType", "video/mp4");

  Map<String, RouteCall> all() {
    return Map.of(
        "POST /api/uploads",
        who -> who.caller().post("/api/uploads", CLIP),
        "GET /api/uploads/{id}",
        who -> who.caller().get("/api/uploads/" + opened(who)),
        "DELETE /api/uploads/{id}",
        who -> who.caller().delete("/api/uploads/" + opened(who)));
  }

  /// An upload of the caller's own; nobody's for those who have none.
  private static String opened(Who who) {
    String id = who.caller().post("/api/uploads", CLIP).body().path("id").asText();
    return id.isEmpty() ? "01ARZ3NDEKTSV4RRFFQ69G5FAV" : id;
  }
}
