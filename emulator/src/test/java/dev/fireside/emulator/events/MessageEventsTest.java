package dev.fireside.emulator.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.shared.json.Json;
import org.junit.jupiter.api.Test;

class MessageEventsTest {
  @Test
  void aMessageBecomesTheEventThatEventarcMakesOfIt() throws Exception {
    ObjectNode message = Json.mapper().createObjectNode();
    message.put("data", "e30=");
    message.put("messageId", "7").put("publishTime", "2026-11-21T03:00:07.123Z");

    Event event =
        MessageEvents.event(
            "p", "t", MessageEvents.delivery("projects/p/subscriptions/s", message));

    assertThat(event.headers())
        .containsEntry("ce-id", "7")
        .containsEntry("ce-type", "google.cloud.pubsub.topic.v1.messagePublished")
        .containsEntry("ce-source", "//pubsub.googleapis.com/projects/p/topics/t")
        .containsEntry("ce-time", "2026-11-21T03:00:07.123Z")
        .containsEntry("Content-Type", "application/json")
        .doesNotContainKey("ce-subject");
    assertThat(Json.mapper().readTree(event.body().toByteArray()))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"message": {"data": "e30=", "attributes": {},
                      "messageId": "7", "message_id": "7",
                      "publishTime": "2026-11-21T03:00:07.123Z",
                      "publish_time": "2026-11-21T03:00:07.123Z"},
                     "subscription": "projects/p/subscriptions/s"}
                    """));
  }
}
