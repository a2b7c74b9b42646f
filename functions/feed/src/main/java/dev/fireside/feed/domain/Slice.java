package dev.fireside.feed.domain;

import dev.fireside.social.domain.PostEntry;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The newest entries of a list below some place, newest first.
///
/// @param entries nothing between them is missing
/// @param floor id down to which (itself included) nothing is missing; null when the list ends here
public record Slice(List<PostEntry> entries, @Nullable String floor) {
  /// A list that has ended.
  public static final Slice END = new Slice(List.of(), null);

  public Slice {
    entries = List.copyOf(entries);
  }

  /// Several lists as one. It is complete only down to the highest of their floors: below it, one
  /// of them may hold what we have not seen.
  public static Slice merge(Collection<Slice> slices) {
    if (slices.size() == 1) {
      return slices.iterator().next();
    }
    String floor = null;
    var byId = new TreeMap<String, PostEntry>();
    for (Slice slice : slices) {
      floor = higher(floor, slice.floor);
      slice.entries.forEach(entry -> byId.put(entry.id(), entry));
    }
    var complete = floor == null ? byId : byId.tailMap(floor, true);
    return new Slice(List.copyOf(complete.descendingMap().values()), floor);
  }

  /// The newest `count` of these.
  public Slice newest(int count) {
    return entries.size() <= count
        ? this
        : new Slice(entries.subList(0, count), entries.get(count - 1).id());
  }

  /// What of this lies below `before`; all of it where that is null.
  public Slice below(@Nullable String before) {
    return before == null
        ? this
        : new Slice(
            entries.stream().filter(entry -> entry.id().compareTo(before) < 0).toList(), floor);
  }

  /// Whether this says anything about the posts directly below `before` (null: the newest).
  public boolean covers(@Nullable String before) {
    return before == null || floor == null || floor.compareTo(before) < 0;
  }

  /// Whether nothing is missing from this down to an id (null: down to the end).
  public boolean reaches(@Nullable String id) {
    return floor == null || (id != null && floor.compareTo(id) <= 0);
  }

  private static @Nullable String higher(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }
}
