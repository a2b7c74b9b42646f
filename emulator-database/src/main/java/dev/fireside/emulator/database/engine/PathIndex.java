package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Write;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Things by the places that they look at: a write finds those at its places, above and below. For
/// one thread.
final class PathIndex<T> {
  private final Place<T> root = new Place<>();

  private static final class Place<T> {
    final Map<String, Place<T>> below = new HashMap<>();
    final Set<T> things = new LinkedHashSet<>();

    boolean isEmpty() {
      return below.isEmpty() && things.isEmpty();
    }
  }

  void add(Path at, T thing) {
    Place<T> place = root;
    for (String key : at.segments()) {
      place = place.below.computeIfAbsent(key, _ -> new Place<>());
    }
    place.things.add(thing);
  }

  void remove(Path at, T thing) {
    remove(root, at, 0, thing);
  }

  private static <T> void remove(Place<T> place, Path at, int depth, T thing) {
    if (depth == at.size()) {
      place.things.remove(thing);
      return;
    }
    Place<T> next = place.below.get(at.get(depth));
    if (next != null) {
      remove(next, at, depth + 1, thing);
      if (next.isEmpty()) {
        place.below.remove(at.get(depth));
      }
    }
  }

  /// Those whom a write may concern.
  Collection<T> concerned(Write write) {
    var concerned = new LinkedHashSet<T>();
    for (Path path : write.puts().keySet()) {
      @Nullable Place<T> place = root;
      for (int i = 0; place != null && i < path.size(); i++) {
        concerned.addAll(place.things);
        place = path.get(i).equals(".priority") ? null : place.below.get(path.get(i));
      }
      if (place != null) {
        addAll(place, concerned);
      }
    }
    return concerned;
  }

  private static <T> void addAll(Place<T> place, Collection<T> things) {
    things.addAll(place.things);
    place.below.values().forEach(below -> addAll(below, things));
  }
}
