package dev.fireside.shared.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.Platform;
import dev.fireside.shared.json.Json;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A function called for changes of objects of Cloud Storage.
public abstract non-sealed class StorageFunction extends EventFunction {
  protected StorageFunction(Platform platform) {
    super(platform);
  }

  /// Handles one change; idempotent and indifferent to order. Throws to be called again.
  protected abstract void on(ObjectChange change);

  @Override
  final void handle(CloudEvent event, EventId id) {
    JsonNode object;
    try {
      object = Json.mapper().readTree(body(event));
    } catch (IOException e) {
      throw new PoisonEventException("The body is not a StorageObjectData", e);
    }
    on(
        new ObjectChange(
            id,
            text(object, "bucket"),
            text(object, "name"),
            number(object, "generation"),
            number(object, "metageneration"),
            number(object, "size"),
            optional(object, "contentType"),
            text(object, "crc32c"),
            optional(object, "md5Hash"),
            metadata(object.path("metadata")),
            time(event)));
  }

  private static String text(JsonNode object, String name) {
    String text = optional(object, name);
    if (text == null || text.isEmpty()) {
      throw new PoisonEventException("The event's object has no `" + name + "`");
    }
    return text;
  }

  private static @Nullable String optional(JsonNode object, String name) {
    return object.path(name).textValue();
  }

  /// Numbers of 64 bits are texts in JSON.
  private static long number(JsonNode object, String name) {
    try {
      return Long.parseLong(object.path(name).asText());
    } catch (NumberFormatException e) {
      throw new PoisonEventException("The event's object has no `" + name + "`", e);
    }
  }

  private static Map<String, String> metadata(JsonNode given) {
    var metadata = new HashMap<String, String>();
    given.properties().forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
    return metadata;
  }
}
