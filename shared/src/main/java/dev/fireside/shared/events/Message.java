package dev.fireside.shared.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.shared.json.Json;
import java.time.Instant;

/// A Pub/Sub message.
///
/// @param event which event reports it
/// @param data its body, JSON
/// @param publishTime when it was published
public record Message(EventId event, String data, Instant publishTime) {

  /// The body as a record. Throws [PoisonEventException] when it is not one.
  public <T> T as(Class<T> type) {
    try {
      return Json.mapper().readValue(data, type);
    } catch (JsonProcessingException e) {
      throw new PoisonEventException("The message is not a " + type.getSimpleName(), e);
    }
  }
}
