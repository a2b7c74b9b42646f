package dev.fireside.shared.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.Platform;
import dev.fireside.shared.json.Json;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;

/// A function called for the messages of a Pub/Sub topic.
public abstract non-sealed class MessageFunction extends EventFunction {
  protected MessageFunction(Platform platform) {
    super(platform);
  }

  /// Handles one message; idempotent and indifferent to order. Throws to be called again.
  protected abstract void on(Message message);

  @Override
  final void handle(CloudEvent event, EventId id) {
    JsonNode message;
    try {
      message = Json.mapper().readTree(body(event)).path("message");
    } catch (IOException e) {
      throw new PoisonEventException("The body is not a MessagePublishedData", e);
    }
    if (!message.isObject()) {
      throw new PoisonEventException("The body is not a MessagePublishedData");
    }
    on(new Message(id, data(message), published(event, message)));
  }

  private static String data(JsonNode message) {
    try {
      return new String(
          Base64.getDecoder().decode(message.path("data").asText()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new PoisonEventException("The message's data is not base64", e);
    }
  }

  /// Pub/Sub writes the name of this field in two ways, often both in one message: why the body is
  /// not read by the generated parser, which takes that for an error.
  private static Instant published(CloudEvent event, JsonNode message) {
    JsonNode text =
        message.has("publishTime") ? message.path("publishTime") : message.path("publish_time");
    OffsetDateTime time = event.getTime();
    try {
      return text.isMissingNode() && time != null ? time.toInstant() : Instant.parse(text.asText());
    } catch (DateTimeException e) {
      throw new PoisonEventException("The message has no time of publishing", e);
    }
  }
}
