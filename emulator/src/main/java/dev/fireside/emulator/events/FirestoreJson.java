package dev.fireside.emulator.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Documents as Firestore's REST interface shows them.
public final class FirestoreJson {
  private FirestoreJson() {}

  /// The fields of a document: null, booleans, longs, doubles, strings, instants, lists and maps.
  public static Map<String, @Nullable Object> fields(JsonNode fields) {
    var values = new HashMap<String, @Nullable Object>();
    fields.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
    return values;
  }

  private static @Nullable Object value(JsonNode typed) {
    Map.Entry<String, JsonNode> entry = typed.properties().iterator().next();
    JsonNode value = entry.getValue();
    return switch (entry.getKey()) {
      case "nullValue" -> null;
      case "booleanValue" -> value.asBoolean();
      case "integerValue" -> Long.parseLong(value.asText());
      case "doubleValue" -> value.asDouble();
      case "timestampValue" -> Instant.parse(value.asText());
      case "arrayValue" -> list(value.path("values"));
      case "mapValue" -> fields(value.path("fields"));
      default -> value.asText();
    };
  }

  private static List<@Nullable Object> list(JsonNode values) {
    var list = new ArrayList<@Nullable Object>();
    values.forEach(value -> list.add(value(value)));
    return list;
  }
}
