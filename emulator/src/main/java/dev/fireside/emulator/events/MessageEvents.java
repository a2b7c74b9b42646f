package dev.fireside.emulator.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.fireside.shared.json.Json;

/// Turns messages of Pub/Sub into the events that Eventarc makes of them.
final class MessageEvents {
  private MessageEvents() {}

  /// The body of a push of `message`, as REST gives it.
  static ObjectNode delivery(String subscription, ObjectNode message) {
    twice(message, "messageId", "message_id");
    twice(message, "publishTime", "publish_time");
    if (!message.has("attributes")) {
      message.putObject("attributes");
    }
    if (!message.has("data")) {
      message.put("data", "");
    }
    ObjectNode delivery = JsonNodeFactory.instance.objectNode();
    delivery.set("message", message);
    return delivery.put("subscription", subscription);
  }

  /// Production really sends these under both names.
  private static void twice(ObjectNode message, String camel, String snake) {
    JsonNode value = message.path(camel);
    message.set(snake, value);
  }

  /// The event `messagePublished` about a delivery.
  static Event event(String projectId, String topic, ObjectNode delivery) {
    JsonNode message = delivery.path("message");
    var attributes =
        Event.attributes(
            message.path("messageId").asText(),
            "google.cloud.pubsub.topic.v1.messagePublished",
            "//pubsub.googleapis.com/projects/" + projectId + "/topics/" + topic,
            message.path("publishTime").asText());
    attributes.put("Content-Type", "application/json");
    try {
      return new Event(attributes, ByteString.copyFrom(Json.mapper().writeValueAsBytes(delivery)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
