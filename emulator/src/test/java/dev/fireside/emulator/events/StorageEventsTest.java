package dev.fireside.emulator.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.manifest.Trigger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StorageEventsTest {
  private static ObjectWrite write(String use, String event, String name) {
    ObjectNode object = Json.mapper().createObjectNode();
    object.put("bucket", "app-" + use).put("name", name).put("generation", "17").put("size", "5");
    return new ObjectWrite(use, event, object, Instant.parse("2026-11-21T03:00:07.123Z"));
  }

  @Test
  void aChangeBecomesTheEventThatProductionSends() {
    Event event =
        StorageEvents.of(
                new Trigger.StorageObject("uploads", "finalized"),
                write("uploads", "finalized", "uploads/01J"))
            .orElseThrow();

    assertThat(event.headers())
        .containsEntry("ce-specversion", "1.0")
        .containsEntry("ce-type", "google.cloud.storage.object.v1.finalized")
        .containsEntry("ce-source", "//storage.googleapis.com/projects/_/buckets/app-uploads")
        .containsEntry("ce-subject", "objects/uploads/01J")
        .containsEntry("ce-bucket", "app-uploads")
        .containsEntry("ce-time", "2026-11-21T03:00:07.123Z")
        .containsEntry("Content-Type", "application/json")
        .containsKey("ce-id");
    assertThat(event.body().toStringUtf8())
        .isEqualTo(
            "{\"bucket\":\"app-uploads\",\"name\":\"uploads/01J\",\"generation\":\"17\",\"size\":\"5\"}");
  }

  @Test
  void otherBucketsAndOtherEventsAreNotMeant() {
    var trigger = new Trigger.StorageObject("uploads", "finalized");

    assertThat(StorageEvents.of(trigger, write("media", "finalized", "a"))).isEmpty();
    assertThat(StorageEvents.of(trigger, write("firebase", "finalized", "a"))).isEmpty();
    assertThat(StorageEvents.of(trigger, write("uploads", "deleted", "a"))).isEmpty();
  }

  @Test
  void aNameThatNoHeaderHoldsIsEncoded() {
    Event event =
        StorageEvents.of(
                new Trigger.StorageObject("media", "deleted"), write("media", "deleted", "é 1/b"))
            .orElseThrow();

    assertThat(event.headers()).containsEntry("ce-subject", "objects/%C3%A9%201/b");
  }
}
