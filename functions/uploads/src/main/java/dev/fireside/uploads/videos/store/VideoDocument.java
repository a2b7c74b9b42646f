package dev.fireside.uploads.videos.store;

import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Maps;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.domain.VideoDetails;
import dev.fireside.uploads.videos.domain.VideoFailure;
import dev.fireside.uploads.videos.domain.VideoState;
import dev.fireside.uploads.videos.domain.VideoVisibility;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Videos as documents: `videos/{name}`.
final class VideoDocument {
  private VideoDocument() {}

  static String path(String id) {
    return "videos/" + Ids.documentName(id);
  }

  static Video parse(Document document) {
    Fields fields = document.fields();
    return new Video(
        new Video.Origin(
            Ids.fromDocumentName(document.id()),
            new Uid(fields.requiredText("owner")),
            fields.requiredText("upload"),
            fields.names().contains("coverAtMillis")
                ? Duration.ofMillis(fields.number("coverAtMillis"))
                : null,
            fields.instant("createdAt").orElse(Instant.EPOCH)),
        details(fields),
        fields.text("cover").orElse(null),
        captions(fields.map("captions")),
        new Video.Making(
            fields.requiredOneOf("state", VideoState.class),
            failure(fields.map("failure")),
            (int) fields.number("width"),
            (int) fields.number("height"),
            (int) fields.number("swept")),
        fields.text("postId").orElse(null));
  }

  private static VideoDetails details(Fields fields) {
    return new VideoDetails(
        fields.text("title").orElse(""),
        fields.text("description").orElse(""),
        fields.texts("tags"),
        fields.requiredOneOf("visibility", VideoVisibility.class),
        fields.text("sound").orElse(null),
        fields.flag("draft"),
        fields.instant("publishAt").orElse(null),
        fields.flag("downloads"));
  }

  private static Map<String, String> captions(Fields fields) {
    var captions = new HashMap<String, String>();
    fields.names().forEach(name -> captions.put(name, fields.text(name).orElse(name)));
    return captions;
  }

  private static @Nullable VideoFailure failure(Fields fields) {
    return fields
        .text("reason")
        .map(reason -> new VideoFailure(reason, fields.text("detail").orElse("")))
        .orElse(null);
  }

  /// @param dueAt when the schedule has to look at it; null for never
  static Map<String, Object> fields(Video video, @Nullable Instant dueAt) {
    VideoDetails details = video.details();
    var fields = new HashMap<String, Object>();
    fields.put("id", video.id());
    fields.put("owner", video.owner().value());
    fields.put("upload", video.origin().uploadId());
    fields.put("title", details.title());
    fields.put("description", details.description());
    fields.put("tags", details.tags());
    fields.put("visibility", WireNames.of(details.visibility()));
    fields.put("draft", details.draft());
    fields.put("downloads", details.downloads());
    fields.put("captions", video.captions());
    fields.put("state", WireNames.of(video.state()));
    fields.put("width", video.making().width());
    fields.put("height", video.making().height());
    fields.put("swept", video.making().swept());
    fields.put("createdAt", video.origin().createdAt());
    Maps.put(fields, "sound", details.sound());
    Maps.put(fields, "publishAt", details.publishAt());
    Duration coverAt = video.origin().coverAt();
    Maps.put(fields, "coverAtMillis", coverAt == null ? null : coverAt.toMillis());
    Maps.put(fields, "cover", video.cover());
    Maps.put(fields, "postId", video.postId());
    Maps.put(fields, "dueAt", dueAt);
    VideoFailure failure = video.making().failure();
    if (failure != null) {
      fields.put("failure", Map.of("reason", failure.reason(), "detail", failure.detail()));
    }
    return fields;
  }
}
