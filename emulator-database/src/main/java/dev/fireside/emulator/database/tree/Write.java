package dev.fireside.emulator.database.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one call writes at once: nodes by their paths, of which none is below another.
public record Write(SortedMap<Path, Node> puts) {
  public Write {
    puts = Collections.unmodifiableSortedMap(new TreeMap<>(puts));
    checkApart(puts);
  }

  public static Write put(Path path, Node node) {
    return new Write(new TreeMap<>(Map.of(path, node)));
  }

  /// A put of JSON, with its server values resolved.
  ///
  /// @param root the data as it stands
  /// @throws InvalidDataException if the JSON is not allowed
  public static Write put(Path path, JsonNode json, Node root, long nowMillis) {
    Node node = new NodeReader(nowMillis).read(json, path, root.at(path));
    if (path.endsInPriority() && !node.isEmpty() && root.at(path.parent()).isEmpty()) {
      throw new InvalidDataException("There is no data at %s to have a priority".formatted(path));
    }
    return put(path, node);
  }

  /// A merge: an object whose names are keys or paths below `base`.
  ///
  /// @throws InvalidDataException if the JSON is not allowed, or one path is below another
  public static Write merge(Path base, JsonNode json, Node root, long nowMillis) {
    if (!json.isObject()) {
      throw new InvalidDataException("Data to merge must be an object of keys or paths");
    }
    NodeReader reader = new NodeReader(nowMillis);
    SortedMap<Path, Node> puts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      Path path = base.plus(Path.parse(field.getKey()));
      if (puts.put(path, reader.read(field.getValue(), path, root.at(path))) != null) {
        throw new InvalidDataException("The path %s is written twice".formatted(path));
      }
    }
    return new Write(puts);
  }

  private static void checkApart(SortedMap<Path, Node> puts) {
    for (Path path : puts.keySet()) {
      for (Path above = path; !above.isRoot(); ) {
        above = above.parent();
        if (puts.containsKey(above)) {
          throw new InvalidDataException(
              "The path %s is below %s, which is written too".formatted(path, above));
        }
      }
    }
  }

  /// The data after this write.
  public Node apply(Node root) {
    Node changed = root;
    for (boolean priorities : new boolean[] {false, true}) {
      for (Map.Entry<Path, Node> put : puts.entrySet()) {
        if (put.getKey().endsInPriority() == priorities) {
          changed = changed.with(put.getKey(), put.getValue());
        }
      }
    }
    return changed;
  }

  /// Whether what this writes and removes is larger than so many characters of JSON.
  ///
  /// @param root the data before
  public boolean isLargerThan(long chars, Node root) {
    long left = chars;
    for (Map.Entry<Path, Node> put : puts.entrySet()) {
      left = Json.without(Json.without(left, put.getValue()), root.at(put.getKey()));
    }
    return left < 0;
  }

  public boolean isEmpty() {
    return puts.isEmpty();
  }

  /// The names and nodes of a merge at `base`, relative to it, as the SDKs read it.
  public JsonNode mergeAt(Path base) {
    var merge = JsonNodeFactory.instance.objectNode();
    puts.forEach((path, node) ->
        merge.set(
            String.join("/", path.from(base.size()).segments()),
            Json.tree(node, Json.Format.EXPORT)));
    return merge;
  }
}
