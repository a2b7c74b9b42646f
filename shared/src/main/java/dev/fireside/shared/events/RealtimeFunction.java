package dev.fireside.shared.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.shared.Platform;
import dev.fireside.shared.json.Json;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A function called for changes in the Realtime Database.
public abstract non-sealed class RealtimeFunction extends EventFunction {
  protected RealtimeFunction(Platform platform) {
    super(platform);
  }

  /// Handles one change; idempotent and indifferent to order. Throws to be called again.
  protected abstract void on(RealtimeChange change);

  @Override
  final void handle(CloudEvent event, EventId id) {
    JsonNode body;
    try {
      body = Json.mapper().readTree(body(event));
    } catch (IOException e) {
      throw new PoisonEventException("The body is not a ReferenceEventData", e);
    }
    if (!body.isObject()) {
      throw new PoisonEventException("The body is not a ReferenceEventData");
    }
    JsonNode before = body.path("data");
    Object type = event.getExtension("authtype");
    Object person = event.getExtension("authid");
    on(
        new RealtimeChange(
            id,
            extension(event, "instance"),
            decoded(extension(event, "ref")),
            present(before),
            present(applied(before, body.path("delta"))),
            time(event),
            type == null ? "unknown" : type.toString(),
            person == null ? null : person.toString()));
  }

  /// What a change leaves behind: names that are in both are changed in turn, null removes.
  private static JsonNode applied(JsonNode before, JsonNode delta) {
    if (!(before instanceof ObjectNode whole) || !(delta instanceof ObjectNode changes)) {
      return delta;
    }
    ObjectNode after = whole.objectNode();
    after.setAll(whole);
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      JsonNode value =
          whole.has(change.getKey())
              ? applied(whole.path(change.getKey()), change.getValue())
              : change.getValue();
      if (present(value) == null) {
        after.remove(change.getKey());
      } else {
        after.set(change.getKey(), value);
      }
    }
    return after.isEmpty() ? NullNode.getInstance() : after;
  }

  private static @Nullable JsonNode present(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? null : value;
  }

  private static String extension(CloudEvent event, String name) {
    if (event.getExtension(name) instanceof String text) {
      return text;
    }
    throw new PoisonEventException("The event has no `" + name + "`");
  }

  /// Headers hold no other letters than those of ASCII: the rest is percent-encoded.
  private static String decoded(String ref) {
    try {
      return URLDecoder.decode(ref.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new PoisonEventException("The event's `ref` is not percent-encoded", e);
    }
  }
}
