package dev.fireside.emulator.database.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A tree without cleverness: mutable maps, and windows by sorting everything.
final class Plain {
  private static final Comparator<String> KEYS =
      Comparator.<String>comparingInt(key -> key.matches("\\d+") ? 0 : 1)
          .thenComparingInt(key -> key.matches("\\d+") ? Integer.parseInt(key) : 0)
          .thenComparing(key -> key);

  final Map<String, Plain> children = new TreeMap<>();
  Object value;
  Object priority;

  static Plain of(Node node) {
    Plain plain = new Plain();
    plain.priority = node.priority() instanceof Leaf leaf ? leaf.value() : null;
    switch (node) {
      case Leaf leaf -> plain.value = leaf.value();
      case Branch branch ->
          branch
              .children()
              .forEach(child -> plain.children.put(child.getKey(), of(child.getValue())));
    }
    return plain;
  }

  boolean isEmpty() {
    return value == null && children.isEmpty();
  }

  void put(List<String> path, Plain node) {
    if (path.getFirst().equals(".priority")) {
      priority = isEmpty() ? null : node.value;
      return;
    }
    String key = path.getFirst();
    Plain child = path.size() == 1 ? node : children.getOrDefault(key, new Plain());
    if (path.size() > 1) {
      child.put(path.subList(1, path.size()), node);
    }
    if (child.isEmpty()) {
      children.remove(key);
    } else {
      children.put(key, child);
      value = null;
    }
    if (isEmpty()) {
      priority = null;
    }
  }

  Plain at(String... path) {
    Plain plain = this;
    for (String key : path) {
      plain = plain.children.getOrDefault(key, new Plain());
    }
    return plain;
  }

  /// What a query selects, as text.
  String window(Query query) {
    if (query.loadsAll()) {
      return text();
    }
    List<String> keys = new ArrayList<>(children.keySet());
    Comparator<String> order =
        Comparator.<String, Object>comparing(key -> sort(query, key), Plain::compare)
            .thenComparing(KEYS);
    keys.sort(order);
    keys.removeIf(key -> query.start() != null && !inside(query, query.start(), key, 1));
    keys.removeIf(key -> query.end() != null && !inside(query, query.end(), key, -1));
    int excess = query.limit() == 0 ? 0 : Math.max(0, keys.size() - query.limit());
    keys =
        query.fromLeft()
            ? keys.subList(0, keys.size() - excess)
            : keys.subList(excess, keys.size());
    Plain window = new Plain();
    keys.forEach(key -> window.children.put(key, children.get(key)));
    return window.text();
  }

  private boolean inside(Query query, Query.Bound bound, String key, int sign) {
    Object limit = bound.sort() instanceof Leaf leaf ? leaf.value() : null;
    int side = sign * compare(sort(query, key), limit);
    if (side == 0) {
      side =
          switch (bound.key()) {
            case Keys.MIN -> sign;
            case Keys.MAX -> -sign;
            default -> sign * KEYS.compare(key, bound.key());
          };
    }
    return side > 0 || (side == 0 && bound.inclusive());
  }

  private Object sort(Query query, String key) {
    Plain child = children.get(key);
    return switch (query.index()) {
      case Index.Key() -> null;
      case Index.Value() -> child.sortable();
      case Index.Priority() -> child.priority;
      case Index.Child(Path path) -> child.at(path.segments().toArray(String[]::new)).sortable();
    };
  }

  private Object sortable() {
    return children.isEmpty() ? value : children;
  }

  private static int compare(Object a, Object b) {
    int order = Integer.compare(rank(a), rank(b));
    if (order != 0 || a == null || a instanceof Map) {
      return order;
    }
    return switch (a) {
      case Boolean x -> x.compareTo((Boolean) b);
      case Number x -> Double.compare(x.doubleValue(), ((Number) b).doubleValue());
      default -> a.toString().compareTo(b.toString());
    };
  }

  private static int rank(Object value) {
    return switch (value) {
      case null -> 0;
      case Boolean _ -> 1;
      case Number _ -> 2;
      case String _ -> 3;
      default -> 4;
    };
  }

  String text() {
    return (value == null
            ? children.isEmpty() ? "null" : mapText()
            : value.getClass().getSimpleName() + value)
        + (priority == null ? "" : "!" + priority);
  }

  private String mapText() {
    StringBuilder text = new StringBuilder("{");
    children.forEach((key, child) -> text.append(key).append('=').append(child.text()).append(' '));
    return text.append('}').toString();
  }
}
