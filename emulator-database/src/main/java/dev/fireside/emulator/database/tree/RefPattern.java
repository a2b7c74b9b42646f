package dev.fireside.emulator.database.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// A pattern of paths such as `rooms/{room}/messages/{message}`: each segment is a key or, in
/// braces, any key.
public record RefPattern(List<String> segments) {
  /// A place that a pattern matches, and what the write did to it.
  ///
  /// @param parameters the keys that stand for what is in braces
  public record Change(Path path, Map<String, String> parameters, Node before, Node after) {}

  public RefPattern {
    segments = List.copyOf(segments);
  }

  public static RefPattern parse(String text) {
    List<String> segments = new ArrayList<>();
    for (String segment : text.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(isWildcard(segment) ? segment : Keys.check(segment));
      }
    }
    return new RefPattern(segments);
  }

  private static boolean isWildcard(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  /// The places of this pattern whose value a write changed, each once.
  public List<Change> changes(Write write, Node before, Node after) {
    Map<Path, Change> changes = new TreeMap<>();
    for (Path path : write.puts().keySet()) {
      descend(Path.ROOT, path, before, after, (place, nodes) -> changes.put(place, nodes));
    }
    return List.copyOf(changes.values());
  }

  @SuppressWarnings("ReferenceEquality") // What nobody changed is the same, and found so at once.
  private void descend(
      Path place, Path written, Node before, Node after, BiConsumer<Path, Change> found) {
    if (before == after) {
      return;
    }
    int depth = place.size();
    if (depth == segments.size()) {
      if (!before.equals(after)) {
        found.accept(place, new Change(place, parameters(place), before, after));
      }
      return;
    }
    for (String key : keys(depth, written, before, after)) {
      descend(place.child(key), written, before.child(key), after.child(key), found);
    }
  }

  private Iterable<String> keys(int depth, Path written, Node before, Node after) {
    String segment = segments.get(depth);
    if (depth < written.size()) {
      String key = written.get(depth);
      boolean matches = !key.equals(Keys.PRIORITY) && (isWildcard(segment) || segment.equals(key));
      return matches ? List.of(key) : List.of();
    }
    if (!isWildcard(segment)) {
      return List.of(segment);
    }
    TreeSet<String> keys = new TreeSet<>(Keys.ORDER);
    for (Node node : List.of(before, after)) {
      if (node instanceof Branch branch) {
        branch.children().forEach(child -> keys.add(child.getKey()));
      }
    }
    return keys;
  }

  private Map<String, String> parameters(Path place) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (isWildcard(segment)) {
        parameters.put(segment.substring(1, segment.length() - 1), place.get(i));
      }
    }
    return parameters;
  }
}
