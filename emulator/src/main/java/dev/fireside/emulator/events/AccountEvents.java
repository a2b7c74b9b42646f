package dev.fireside.emulator.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.fireside.shared.manifest.Trigger;
import java.time.Instant;
import java.util.UUID;

/// Makes of what happens to accounts of Firebase Auth the events that Eventarc sends of it
/// (<https://firebase.google.com/docs/functions/auth-events>).
final class AccountEvents {
  private AccountEvents() {}

  /// The event of a deletion.
  ///
  /// @param user as it was
  static Event event(String projectId, Trigger.Account trigger, ObjectNode user) {
    var attributes =
        Event.attributes(
            UUID.randomUUID().toString(),
            trigger.eventType(),
            "//identitytoolkit.googleapis.com/projects/" + projectId,
            Instant.now().toString());
    attributes.put("ce-subject", "users/" + FirestoreEvents.encoded(user.path("uid").asText()));
    attributes.put("Content-Type", "application/json");
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.set("oldValue", user);
    return new Event(attributes, ByteString.copyFromUtf8(data.toString()));
  }
}
