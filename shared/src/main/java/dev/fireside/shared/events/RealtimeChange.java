package dev.fireside.shared.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A change at a place of the Realtime Database, as an event reports it.
///
/// @param event which event reports it
/// @param instance the name of the database
/// @param ref the path of the place, such as `status/ada/phone`
/// @param before what was there; null for nothing
/// @param after what is there now; null for nothing
/// @param time when it was written. Events come in no order, and two writes may share a time: what
///   was written must say itself which is the newer
/// @param authType `app_user`, `admin` (a function), `unauthenticated` or `unknown`
/// @param authId the person who wrote it; null where that was no person
public record RealtimeChange(
    EventId event,
    String instance,
    String ref,
    @Nullable JsonNode before,
    @Nullable JsonNode after,
    Instant time,
    String authType,
    @Nullable String authId) {

  /// The part of the path at `index`, from 0: what a wildcard of the trigger's pattern stands for.
  public String part(int index) {
    return ref.split("/", -1)[index];
  }
}
