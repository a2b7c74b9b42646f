package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.tree.Window;
import dev.fireside.emulator.database.tree.Write;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Who listens where. For one thread.
final class Listeners {
  private final Map<Window, Group> groups = new HashMap<>();
  private final PathIndex<Group> places = new PathIndex<>();

  /// Those who listen at one place, by one query.
  static final class Group {
    private final Window window;
    private final Set<Subscription> subscriptions = new LinkedHashSet<>();

    Group(Window window) {
      this.window = window;
    }

    Window window() {
      return window;
    }

    Set<Subscription> subscriptions() {
      return subscriptions;
    }
  }

  void add(Subscription subscription) {
    Window window = subscription.window();
    Group group = groups.get(window);
    if (group == null) {
      group = new Group(window);
      groups.put(window, group);
      places.add(window.at(), group);
    }
    group.subscriptions.add(subscription);
  }

  void remove(Subscription subscription) {
    Window window = subscription.window();
    Group group = groups.get(window);
    if (group != null
        && group.subscriptions.remove(subscription)
        && group.subscriptions.isEmpty()) {
      groups.remove(window);
      places.remove(window.at(), group);
    }
  }

  /// Those whom a write may concern.
  Collection<Group> concerned(Write write) {
    return places.concerned(write);
  }
}
