package dev.fireside.acceptance.routes;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.NewObject;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Calls of the routes of `uploads`.
final class UploadCalls {
  private static final Map<String, Object> CLIP =
      Map.of("kind", "video", "bytes", 10, "contentType", "video/mp4");
  private static final byte[] CAPTIONS =
      "WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n".getBytes(StandardCharsets.UTF_8);
  private static final String CAPTIONS_OF = "/captions/en";

  private final Platform platform;
  private final TranscodeStore transcodes;

  UploadCalls(Platform platform) {
    this.platform = platform;
    this.transcodes = new TranscodeStore(platform.documents());
  }

  Map<String, RouteCall> all() {
    var calls = new HashMap<String, RouteCall>();
    calls.put("POST /api/uploads", who -> who.caller().post("/api/uploads", CLIP));
    calls.put("GET /api/uploads/{id}", who -> who.caller().get("/api/uploads/" + opened(who)));
    calls.put(
        "DELETE /api/uploads/{id}", who -> who.caller().delete("/api/uploads/" + opened(who)));
    calls.put(
        "GET /api/uploads/{id}/pictures/{size}",
        who -> who.caller().get("/api/uploads/" + picture(who) + "/pictures/small"));
    calls.put(
        "POST /api/videos",
        who ->
            who.caller().post("/api/videos", Map.of("uploadId", opened(who), "title", "A clip")));
    calls.put("GET /api/videos/{id}", who -> who.caller().get(video(who)));
    calls.put(
        "PATCH /api/videos/{id}", who -> who.caller().patch(video(who), Map.of("title", "New")));
    calls.put("DELETE /api/videos/{id}", who -> who.caller().delete(video(who)));
    calls.put(
        "PUT /api/videos/{id}/cover",
        who -> who.caller().put(video(who) + "/cover", Map.of("uploadId", picture(who))));
    calls.put("DELETE /api/videos/{id}/cover", who -> who.caller().delete(video(who) + "/cover"));
    calls.put(
        "PUT /api/videos/{id}/captions/{language}",
        who -> who.caller().raw("PUT", video(who) + CAPTIONS_OF, CAPTIONS, "text/vtt"));
    calls.put(
        "DELETE /api/videos/{id}/captions/{language}",
        who -> who.caller().delete(video(who) + CAPTIONS_OF));
    calls.put(
        "GET /api/videos/{id}/stream/{file}",
        who -> who.caller().get(video(who) + "/stream/" + MediaFiles.MASTER));
    calls.put("GET /api/videos/{id}/download", who -> who.caller().get(video(who) + "/download"));
    calls.put("GET /api/videos/{id}/share", who -> who.caller().get(video(who) + "/share"));
    return calls;
  }

  /// An upload of the caller's own; nobody's for those who have none.
  private static String opened(Who who) {
    String id = who.caller().post("/api/uploads", CLIP).body().path("id").asText();
    return id.isEmpty() ? "01ARZ3NDEKTSV4RRFFQ69G5FAV" : id;
  }

  private static String owner(Who who) {
    return who.isAnonymous() ? Cast.OTHER : who.uid();
  }

  /// A published video of the caller's own.
  private String video(Who who) {
    String id = platform.ids().next();
    platform
        .documents()
        .set(
            "videos/" + Ids.documentName(id),
            Map.of(
                "id",
                id,
                "owner",
                owner(who),
                "upload",
                platform.ids().next(),
                "title",
                "A clip",
                "visibility",
                "public",
                "state",
                "ready",
                "postId",
                platform.ids().next()));
    made(id, new TranscodeOrder.Video("uploads/nothing", null));
    MediaStorage.of(platform)
        .served()
        .put(
            new NewObject(
                MediaFiles.folder(id) + MediaFiles.MASTER, "application/vnd.apple.mpegurl", ""),
            "#EXTM3U\n".getBytes(StandardCharsets.UTF_8));
    return "/api/videos/" + id;
  }

  private void made(String id, TranscodeOrder order) {
    Instant now = platform.clock().instant();
    transcodes.create(id, order, now);
    transcodes.begin(id, "test", now);
    transcodes.end(
        id,
        "test",
        new TranscodeState.Done(
            new Made(Duration.ofSeconds(1), 64, 64, List.of(), MediaFiles.pictures())));
  }

  /// A picture that the caller has uploaded.
  private String picture(Who who) {
    String id = platform.ids().next();
    platform
        .documents()
        .set(
            "uploads/" + Ids.documentName(id),
            Map.of(
                "id",
                id,
                "owner",
                owner(who),
                "kind",
                "image",
                "contentType",
                "image/png",
                "bytes",
                9,
                "state",
                "accepted"));
    made(id, new TranscodeOrder.Image("uploads/nothing"));
    return id;
  }
}
