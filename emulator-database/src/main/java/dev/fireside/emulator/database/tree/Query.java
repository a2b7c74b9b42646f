package dev.fireside.emulator.database.tree;

import org.jspecify.annotations.Nullable;

/// An order of children, bounds within it, and a limit.
///
/// @param limit how many children at most; 0 for all
/// @param fromLeft whether the limit keeps the first ones, not the last
public record Query(
    Index index, @Nullable Bound start, @Nullable Bound end, int limit, boolean fromLeft) {
  /// Everything.
  public static final Query ALL = new Query(new Index.Priority(), null, null, 0, true);

  /// Where a range starts or ends.
  public record Bound(Node sort, String key, boolean inclusive) {
    Entry entry() {
      return new Entry(sort, key);
    }
  }

  /// Whether this holds all of a node, in whichever order.
  public boolean loadsAll() {
    return start == null && end == null && limit == 0;
  }

  boolean contains(Entry entry) {
    return (start == null || within(start, entry, 1)) && (end == null || within(end, entry, -1));
  }

  private static boolean within(Bound bound, Entry entry, int sign) {
    int order = sign * Entry.ORDER.compare(entry, bound.entry());
    return order > 0 || (order == 0 && bound.inclusive());
  }

  @Nullable Bound near() {
    return fromLeft ? start : end;
  }
}
