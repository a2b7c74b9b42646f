package dev.fireside.emulator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.events.cloud.firestore.v1.Document;
import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.events.cloud.firestore.v1.MapValue;
import com.google.events.cloud.firestore.v1.Value;
import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirestoreEventsTest {
  private static final String NAME = "projects/p/databases/(default)/documents/";
  private static final Map<String, String> POSTED =
      Map.of(
          "ce-id", "abc",
          "ce-type", "google.cloud.firestore.document.v1.written",
          "ce-source", "//firestore.googleapis.com/projects/projects/p/databases/(default)",
          "ce-time", "2026-11-21T03:00:07Z",
          "ce-location", "us-central1");

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }

  private static Value map(Map<String, Value> fields) {
    return Value.newBuilder().setMapValue(MapValue.newBuilder().putAllFields(fields)).build();
  }

  private static Document document(String path, long second, int nanos, Map<String, Value> fields) {
    return Document.newBuilder()
        .setName(NAME + path)
        .setUpdateTime(Timestamp.newBuilder().setSeconds(second).setNanos(nanos))
        .putAllFields(fields)
        .build();
  }

  private static byte[] base64(DocumentEventData data) {
    return Base64.getEncoder().encode(data.toByteArray());
  }

  private static Event event(DocumentEventData data) {
    return FirestoreEvents.normalised("p", POSTED, base64(data)).orElseThrow();
  }

  private static DocumentEventData update(Map<String, Value> before, Map<String, Value> after) {
    return DocumentEventData.newBuilder()
        .setOldValue(document("a/1", 1, 0, before))
        .setValue(document("a/1", 2, 0, after))
        .build();
  }

  @Test
  void theBodyIsTheProtobufItself() throws Exception {
    var data =
        DocumentEventData.newBuilder()
            .setValue(document("a/1", 1, 0, Map.of("t", text("x"))))
            .build();

    assertThat(DocumentEventData.parseFrom(event(data).body())).isEqualTo(data);
    assertThat(FirestoreEvents.normalised("p", POSTED, data.toByteArray()).orElseThrow().body())
        .isEqualTo(data.toByteString());
  }

  @Test
  void theAttributesAreThoseOfProduction() {
    var created = DocumentEventData.newBuilder().setValue(document("a/1", 0, 1_000, Map.of()));

    assertThat(event(created.build()).headers())
        .containsEntry("ce-specversion", "1.0")
        .containsEntry("ce-id", "abc")
        .containsEntry("ce-type", "google.cloud.firestore.document.v1.written")
        .containsEntry("ce-source", "//firestore.googleapis.com/projects/p/databases/(default)")
        .containsEntry("ce-subject", "documents/a/1")
        .containsEntry("ce-document", "a/1")
        .containsEntry("ce-project", "p")
        .containsEntry("ce-database", "(default)")
        .containsEntry("ce-time", "1970-01-01T00:00:00.000001Z")
        .containsEntry("Content-Type", "application/protobuf");
  }

  @Test
  void aWriteThatChangesNothingIsNoEvent() {
    var same = Map.of("t", text("x"));

    assertThat(FirestoreEvents.normalised("p", POSTED, base64(update(same, same)))).isEmpty();
  }

  @Test
  void aDeletionOfWhatHadNotBeenThereIsNoEvent() {
    byte[] nothing = base64(DocumentEventData.getDefaultInstance());

    assertThat(FirestoreEvents.normalised("p", POSTED, nothing)).isEmpty();
  }

  @Test
  void theMaskOfAnUpdateNamesWhatChanged() throws Exception {
    var before =
        Map.of(
            "same", text("x"),
            "gone", text("x"),
            "changed", text("x"),
            "deep", map(Map.of("same", text("x"), "changed", text("x"))));
    var after =
        Map.of(
            "same", text("x"),
            "new", text("x"),
            "changed", text("y"),
            "odd name", text("x"),
            "deep", map(Map.of("same", text("x"), "changed", text("y"))));

    var mask = DocumentEventData.parseFrom(event(update(before, after)).body()).getUpdateMask();

    assertThat(mask.getFieldPathsList())
        .containsExactly("`odd name`", "changed", "deep.changed", "gone", "new");
  }

  @Test
  void aDeletionComesAfterTheLastWriteAndNotAfterItself() {
    var early = DocumentEventData.newBuilder().setOldValue(document("a/1", 5, 0, Map.of()));
    long second = java.time.Instant.parse("2026-11-21T03:00:07Z").getEpochSecond();
    var sameSecond =
        DocumentEventData.newBuilder().setOldValue(document("a/1", second, 900_000_000, Map.of()));

    assertThat(event(early.build()).headers()).containsEntry("ce-time", "2026-11-21T03:00:07Z");
    assertThat(event(sameSecond.build()).headers())
        .containsEntry("ce-time", "2026-11-21T03:00:07.900001Z");
  }

  @Test
  void namesThatDoNotFitAHeaderArePercentEncoded() {
    var created = DocumentEventData.newBuilder().setValue(document("a/ä ü", 1, 0, Map.of()));

    assertThat(event(created.build()).headers()).containsEntry("ce-document", "a/%C3%A4%20%C3%BC");
  }

  @Test
  void somethingElseIsRefused() {
    byte[] noise = "not an event".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> FirestoreEvents.normalised("p", POSTED, noise))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
