package dev.fireside.shared.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.Json;
import io.cloudevents.CloudEvent;
import java.io.IOException;

/// A function called for accounts of Firebase Auth that were deleted, by whomever: not for those
/// that an Admin SDK deletes many of at once
/// (<https://firebase.google.com/docs/auth/admin/manage-users#delete_multiple_users>).
public abstract non-sealed class AccountFunction extends EventFunction {
  protected AccountFunction(Platform platform) {
    super(platform);
  }

  /// Handles the deletion of one account; idempotent, and prepared for an account of the same id
  /// that was made since. Throws to be called again.
  protected abstract void onDeleted(Uid uid);

  @Override
  final void handle(CloudEvent event, EventId id) {
    JsonNode data;
    try {
      data = Json.mapper().readTree(body(event));
    } catch (IOException e) {
      throw new PoisonEventException("The body is not an AuthEventData", e);
    }
    // What was there before is named as such, or stands alone.
    String uid = (data.has("oldValue") ? data.path("oldValue") : data).path("uid").asText();
    if (uid.isEmpty()) {
      throw new PoisonEventException("The event names no account");
    }
    // Others were never let in.
    if (Uid.isValid(uid)) {
      onDeleted(new Uid(uid));
    }
  }
}
