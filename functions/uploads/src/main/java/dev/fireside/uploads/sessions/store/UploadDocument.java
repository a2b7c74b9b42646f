package dev.fireside.uploads.sessions.store;

import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Maps;
import dev.fireside.uploads.sessions.domain.Checked;
import dev.fireside.uploads.sessions.domain.Refusal;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadKind;
import dev.fireside.uploads.sessions.domain.UploadState;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Uploads as documents.
final class UploadDocument {
  private UploadDocument() {}

  static Upload parse(Document document) {
    Fields fields = document.fields();
    return new Upload(
        fields.requiredText("id"),
        new Uid(fields.requiredText("owner")),
        fields.requiredOneOf("kind", UploadKind.class),
        fields.requiredText("contentType"),
        fields.number("bytes"),
        fields.text("sha256").orElse(null),
        fields.requiredOneOf("state", UploadState.class),
        fields.text("session").map(URI::create).orElse(null),
        fields.oneOf("refusal", Refusal.class).orElse(null),
        fields.names().contains("checked") ? checked(fields.map("checked")) : null,
        fields.text("usedBy").orElse(null),
        fields.instant("createdAt").orElse(Instant.EPOCH),
        fields.instant("expiresAt").orElse(Instant.EPOCH));
  }

  private static Checked checked(Fields fields) {
    return new Checked(
        fields.number("generation"),
        fields.requiredText("contentType"),
        (int) fields.number("width"),
        (int) fields.number("height"));
  }

  /// @param dueAt when a sweep has to look at it; null for never
  /// @param deleteAt when the document may go; null for never
  static Map<String, Object> fields(
      Upload upload, @Nullable Instant dueAt, @Nullable Instant deleteAt) {
    var fields = new HashMap<String, Object>();
    fields.put("id", upload.id());
    fields.put("owner", upload.owner().value());
    fields.put("kind", WireNames.of(upload.kind()));
    fields.put("contentType", upload.contentType());
    fields.put("bytes", upload.bytes());
    fields.put("state", WireNames.of(upload.state()));
    fields.put("createdAt", upload.createdAt());
    fields.put("expiresAt", upload.expiresAt());
    Maps.put(fields, "sha256", upload.sha256());
    Maps.put(fields, "session", upload.session() == null ? null : upload.session().toString());
    Maps.put(fields, "refusal", upload.refusal() == null ? null : WireNames.of(upload.refusal()));
    Maps.put(fields, "usedBy", upload.usedBy());
    Maps.put(fields, "dueAt", dueAt);
    Maps.put(fields, "deleteAt", deleteAt);
    Checked checked = upload.checked();
    if (checked != null) {
      fields.put(
          "checked",
          Map.of(
              "generation", checked.generation(),
              "contentType", checked.contentType(),
              "width", checked.width(),
              "height", checked.height()));
    }
    return fields;
  }
}
