package dev.fireside.emulator.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One project's part of the Pub/Sub emulator. Messages are pulled: the emulator pushes too, but
/// looks for what to push every 100 ms only.
public final class PubSubProject {
  private static final Logger log = LoggerFactory.getLogger(PubSubProject.class);
  private static final int ALREADY_EXISTS = 409;
  private static final int NOT_FOUND = 404;
  private static final int ACK_SECONDS = 60;
  private static final int MESSAGES_MAX = 500;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

  private final String prefix;
  private final EmulatorRest rest;
  private final ExecutorService executor;

  /// @param executor runs one puller for each subscription, until it is shut down
  public PubSubProject(
      HttpClient http, String address, String projectId, ExecutorService executor) {
    this.prefix = "projects/" + projectId;
    this.rest = new EmulatorRest(http, address);
    this.executor = executor;
  }

  /// Makes the topic if it is missing, and hands its messages to `take`, each as the delivery that
  /// a push would be. What it has taken is acknowledged: queues are in memory, and what is in them
  /// is gone with the process as the emulator's own messages are.
  public void subscribe(String topic, String subscription, Consumer<ObjectNode> take) {
    rest.call("PUT", "/v1/" + prefix + "/topics/" + topic, Map.of(), ALREADY_EXISTS);
    String name = prefix + "/subscriptions/" + subscription;
    // What an earlier run has left in it is of that run.
    rest.call("DELETE", "/v1/" + name, null, NOT_FOUND);
    rest.call(
        "PUT",
        "/v1/" + name,
        Map.of("topic", prefix + "/topics/" + topic, "ackDeadlineSeconds", ACK_SECONDS),
        200);
    executor.execute(() -> pull(name, take));
  }

  private void pull(String subscription, Consumer<ObjectNode> take) {
    while (!executor.isShutdown()) {
      try {
        pullOnce(subscription, take);
      } catch (UncheckedIOException | IllegalStateException e) {
        if (!pauseAfter(subscription, e)) {
          return;
        }
      }
    }
  }

  private void pullOnce(String subscription, Consumer<ObjectNode> take) {
    JsonNode answer =
        rest.ask("POST", "/v1/" + subscription + ":pull", Map.of("maxMessages", MESSAGES_MAX));
    List<String> acks = new ArrayList<>();
    for (JsonNode received : answer.path("receivedMessages")) {
      if (received.path("message") instanceof ObjectNode message) {
        take.accept(MessageEvents.delivery(subscription, message));
      }
      acks.add(received.path("ackId").asText());
    }
    if (!acks.isEmpty()) {
      rest.call("POST", "/v1/" + subscription + ":acknowledge", Map.of("ackIds", acks), 200);
    }
  }

  /// False when it is time to end.
  private boolean pauseAfter(String subscription, RuntimeException failure) {
    if (executor.isShutdown()) {
      return false;
    }
    log.debug("Pulling from {} failed", subscription, failure);
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
