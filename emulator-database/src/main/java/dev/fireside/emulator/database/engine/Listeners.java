package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import dev.fireside.emulator.database.tree.Window;
import dev.fireside.emulator.database.tree.Write;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who listens where, by path: a write finds those above and below it. For one thread.
final class Listeners {
  private final Place root = new Place();

  /// Those who listen at one place, by one query.
  record Group(Window window, Set<Subscription> subscriptions) {}

  private static final class Place {
    final Map<String, Place> below = new HashMap<>();
    final Map<Query, Group> groups = new LinkedHashMap<>();

    boolean isEmpty() {
      return below.isEmpty() && groups.isEmpty();
    }
  }

  void add(Subscription subscription) {
    Place place = root;
    for (String key : subscription.window().at().segments()) {
      place = place.below.computeIfAbsent(key, _ -> new Place());
    }
    place
        .groups
        .computeIfAbsent(
            subscription.window().query(),
            _ -> new Group(subscription.window(), new LinkedHashSet<>()))
        .subscriptions()
        .add(subscription);
  }

  void remove(Subscription subscription) {
    remove(root, subscription, 0);
  }

  private static void remove(Place place, Subscription subscription, int depth) {
    Path at = subscription.window().at();
    if (depth == at.size()) {
      Group group = place.groups.get(subscription.window().query());
      if (group != null
          && group.subscriptions().remove(subscription)
          && group.subscriptions().isEmpty()) {
        place.groups.remove(subscription.window().query());
      }
      return;
    }
    Place next = place.below.get(at.get(depth));
    if (next != null) {
      remove(next, subscription, depth + 1);
      if (next.isEmpty()) {
        place.below.remove(at.get(depth));
      }
    }
  }

  /// Those whom a write may concern.
  Collection<Group> concerned(Write write) {
    var groups = new LinkedHashSet<Group>();
    for (Path path : write.puts().keySet()) {
      @Nullable Place place = root;
      for (int i = 0; place != null && i < path.size(); i++) {
        groups.addAll(place.groups.values());
        place = path.get(i).equals(".priority") ? null : place.below.get(path.get(i));
      }
      if (place != null) {
        addAll(place, groups);
      }
    }
    return groups;
  }

  private static void addAll(Place place, Collection<Group> groups) {
    groups.addAll(place.groups.values());
    place.below.values().forEach(below -> addAll(below, groups));
  }
}
