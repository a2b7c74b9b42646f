package dev.fireside.emulator.events;

import com.google.protobuf.ByteString;
import dev.fireside.shared.manifest.Trigger;
import java.util.Optional;
import java.util.UUID;

/// Turns changes of objects of Cloud Storage into what production sends
/// (<https://cloud.google.com/eventarc/standard/docs/run/route-trigger-cloud-storage>).
final class StorageEvents {
  private StorageEvents() {}

  /// The event of a change for one trigger, if that is about it.
  static Optional<Event> of(Trigger.StorageObject trigger, ObjectWrite write) {
    return trigger.bucket().equals(write.use()) && trigger.event().equals(write.event())
        ? Optional.of(event(trigger, write))
        : Optional.empty();
  }

  private static Event event(Trigger.StorageObject trigger, ObjectWrite write) {
    String bucket = write.object().path("bucket").asText();
    var attributes =
        Event.attributes(
            UUID.randomUUID().toString(),
            trigger.eventType(),
            "//storage.googleapis.com/projects/_/buckets/" + bucket,
            write.time().toString());
    String name = write.object().path("name").asText();
    attributes.put("ce-subject", "objects/" + FirestoreEvents.encoded(name));
    attributes.put("ce-bucket", bucket);
    attributes.put("Content-Type", "application/json");
    return new Event(attributes, ByteString.copyFromUtf8(write.object().toString()));
  }
}
