package dev.fireside.emulator.events;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what the Firestore emulator posts into what production sends
/// (<https://cloud.google.com/eventarc/docs/workflows/firestore>).
public final class FirestoreEvents {
  private static final Logger log = LoggerFactory.getLogger(FirestoreEvents.class);

  /// Eventarc delivers no larger events.
  static final int BYTES_MAX = 512 * 1024;

  private static final String SCHEMA =
      "https://github.com/googleapis/google-cloudevents/blob/main/proto/google/events/cloud/firestore/v1/data.proto";
  private static final String DOCUMENTS = "/documents/";

  private FirestoreEvents() {}

  /// The event as production would send it; empty for a write that changed nothing, of which
  /// production reports to nobody.
  ///
  /// @param headers what the emulator sent, by lower-case name
  /// @param posted its body: base64 of a protobuf
  public static Optional<Event> normalised(
      String projectId, Map<String, String> headers, byte[] posted) {
    DocumentEventData data = decoded(posted);
    if (!data.hasValue() && !data.hasOldValue()) {
      // What was deleted had not been there: with neither value there is nothing to report.
      return Optional.empty();
    }
    if (data.hasValue() && data.hasOldValue()) {
      if (data.getValue().getFieldsMap().equals(data.getOldValue().getFieldsMap())) {
        return Optional.empty();
      }
      data =
          data.toBuilder()
              .setUpdateMask(FieldMask.between(data.getOldValue(), data.getValue()))
              .build();
    }
    ByteString body = data.toByteString();
    String path = path(data);
    if (body.size() > BYTES_MAX) {
      log.error(
          "The event for {} has {} bytes: production delivers at most {}, so this one would be"
              + " lost",
          path,
          body.size(),
          BYTES_MAX);
    }
    return Optional.of(new Event(attributes(projectId, headers, data, path), body));
  }

  private static Map<String, String> attributes(
      String projectId, Map<String, String> posted, DocumentEventData data, String path) {
    var attributes =
        Event.attributes(
            posted.getOrDefault("ce-id", ""),
            posted.getOrDefault("ce-type", ""),
            "//firestore.googleapis.com/projects/" + projectId + "/databases/(default)",
            time(posted.getOrDefault("ce-time", ""), data).toString());
    attributes.put("ce-subject", "documents/" + encoded(path));
    attributes.put("ce-document", encoded(path));
    attributes.put("ce-project", projectId);
    attributes.put("ce-database", "(default)");
    attributes.put("ce-namespace", "(default)");
    attributes.put("ce-location", posted.getOrDefault("ce-location", "us-central1"));
    attributes.put("ce-dataschema", SCHEMA);
    attributes.put("Content-Type", "application/protobuf");
    return attributes;
  }

  /// When the write was committed. The emulator cuts that to the second; a document that is left
  /// behind knows better, and a deletion came after the last write at least.
  private static Instant time(String posted, DocumentEventData data) {
    if (data.hasValue()) {
      return instant(data.getValue().getUpdateTime());
    }
    Instant cut = Instant.parse(posted);
    Instant afterLastWrite = instant(data.getOldValue().getUpdateTime()).plusNanos(1_000);
    return cut.isAfter(afterLastWrite) ? cut : afterLastWrite;
  }

  private static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  /// Decodes the protobuf, also from an emulator that one day sends it as it should.
  private static DocumentEventData decoded(byte[] posted) {
    byte[] body;
    try {
      body = Base64.getDecoder().decode(posted);
    } catch (IllegalArgumentException e) {
      body = posted;
    }
    try {
      return DocumentEventData.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("Not a DocumentEventData", e);
    }
  }

  private static String path(DocumentEventData data) {
    String name = data.hasValue() ? data.getValue().getName() : data.getOldValue().getName();
    return name.substring(name.indexOf(DOCUMENTS) + DOCUMENTS.length());
  }

  /// Percent-encodes what does not fit a header, as the HTTP binding of CloudEvents asks.
  static String encoded(String path) {
    return path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '%')
        ? path
        : URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
