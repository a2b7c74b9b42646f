package dev.fireside.emulator.storage.disk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The versions of a bucket's objects in memory: the live one of each name, and those before it
/// where they are kept.
final class Versions {
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::name, ObjectNames.ORDER).thenComparingLong(Key::generation);

  private record Key(String name, long generation) {}

  private final ConcurrentNavigableMap<String, StoredObject> live =
      new ConcurrentSkipListMap<>(ObjectNames.ORDER);
  private final ConcurrentNavigableMap<Key, StoredObject> archived =
      new ConcurrentSkipListMap<>(ORDER);

  private static Key key(StoredObject object) {
    return new Key(object.name(), object.generation());
  }

  /// Puts a version where it belongs.
  void put(StoredObject object) {
    if (object.timeDeleted() == null) {
      live.put(object.name(), object);
    } else {
      // Added here before it goes there: readers find it once at least.
      archived.put(key(object), object);
      live.computeIfPresent(
          object.name(), (_, other) -> other.generation() == object.generation() ? null : other);
    }
  }

  void remove(StoredObject object) {
    archived.remove(key(object));
    live.computeIfPresent(
        object.name(), (_, other) -> other.generation() == object.generation() ? null : other);
  }

  /// @param generation null for the live one
  @Nullable StoredObject find(String name, @Nullable Long generation) {
    StoredObject current = live.get(name);
    return generation == null || (current != null && current.generation() == generation)
        ? current
        : archived.get(new Key(name, generation));
  }

  /// The live version of the first name from `name` on; null behind the last one.
  @Nullable StoredObject first(String name) {
    var entry = live.ceilingEntry(name);
    return entry == null ? null : entry.getValue();
  }

  /// All versions of the first name from `name` on, in their order.
  List<StoredObject> firstWithArchived(String name) {
    StoredObject current = first(name);
    var before = archived.ceilingEntry(new Key(name, 0));
    String first =
        current == null
            ? before == null ? null : before.getKey().name()
            : before == null
                    || ObjectNames.ORDER.compare(current.name(), before.getKey().name()) < 0
                ? current.name()
                : before.getKey().name();
    if (first == null) {
      return List.of();
    }
    var versions =
        new ArrayList<>(
            archived.subMap(new Key(first, 0), new Key(first, Long.MAX_VALUE)).values());
    if (current != null && current.name().equals(first)) {
      versions.removeIf(version -> version.generation() == current.generation());
      versions.add(current);
    }
    return versions;
  }

  Collection<StoredObject> all() {
    var all = new ArrayList<>(archived.values());
    all.addAll(live.values());
    return all;
  }

  boolean isEmpty() {
    return live.isEmpty() && archived.isEmpty();
  }

  void clear() {
    live.clear();
    archived.clear();
  }
}
