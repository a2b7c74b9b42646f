package dev.fireside.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Documents as they stood in Firestore one day, in files of the tests: whoever changes their shape
/// changes a file too, or cannot read what people have. Times are `{"time": "…"}`.
public final class Stored {
  private static final String TIME = "time";
  private static final ObjectWriter WRITER =
      Json.mapper().writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Stored() {}

  /// All documents of some collections, by path.
  ///
  /// @param except fields that are another each time
  public static Map<String, Map<String, Object>> read(
      Documents documents, Set<String> except, String... collections) {
    var found = new TreeMap<String, Map<String, Object>>();
    for (String collection : collections) {
      for (Document document : documents.list(documents.collection(collection))) {
        var fields = new TreeMap<>(document.fields().values());
        fields.keySet().removeAll(except);
        found.put(document.path(), fields);
      }
    }
    return found;
  }

  /// The documents of a file, by path.
  public static Map<String, Map<String, Object>> file(String name) {
    try (InputStream in = Stored.class.getResourceAsStream("/stored/" + name + ".json")) {
      if (in == null) {
        return Map.of();
      }
      var documents = new TreeMap<String, Map<String, Object>>();
      for (Map.Entry<String, JsonNode> entry : Json.mapper().readTree(in).properties()) {
        documents.put(entry.getKey(), map(entry.getValue()));
      }
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asserts that documents are those of a file. What they are stands in `target/stored` after it.
  public static void assertAsIn(String name, Map<String, Map<String, Object>> documents) {
    Map<String, String> lines = lines(documents);
    try {
      Path target = Files.createDirectories(Path.of("target", "stored"));
      var text = new ArrayList<String>();
      lines.forEach((path, fields) -> text.add(quoted(path) + ": " + fields));
      Files.writeString(target.resolve(name + ".json"), "{\n" + String.join(",\n", text) + "\n}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(lines).containsExactlyInAnyOrderEntriesOf(lines(file(name)));
  }

  private static Map<String, String> lines(Map<String, Map<String, Object>> documents) {
    var lines = new TreeMap<String, String>();
    documents.forEach((path, fields) -> lines.put(path, quoted(json(fields))));
    return lines;
  }

  private static String quoted(@Nullable Object value) {
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case Instant time -> Map.of(TIME, time.toString());
      case List<?> list -> {
        var items = new ArrayList<@Nullable Object>();
        list.forEach(item -> items.add(json(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        var fields = new TreeMap<String, @Nullable Object>();
        map.forEach((key, item) ->
            fields.put(
                String.valueOf(key),
                item == null ? JsonNodeFactory.instance.nullNode() : json(item)));
        yield fields;
      }
      case null, default -> value;
    };
  }

  private static Map<String, Object> map(JsonNode node) {
    var fields = new TreeMap<String, Object>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      fields.put(entry.getKey(), java(entry.getValue()));
    }
    return fields;
  }

  // A null inside a map is a value of its own in Firestore.
  @SuppressWarnings("NullAway")
  private static Object java(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    if (node.isObject()) {
      return node.size() == 1 && node.has(TIME)
          ? Instant.parse(node.path(TIME).asText())
          : map(node);
    }
    if (node.isArray()) {
      var items = new ArrayList<Object>();
      node.forEach(item -> items.add(java(item)));
      return items;
    }
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    return node.isBoolean() ? node.booleanValue() : node.textValue();
  }
}
