package dev.fireside.emulator.database.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The children of one version of a node that a query selects. A leaf has none.
final class Selection {
  private final Query query;
  private final Branch branch;
  private final Comparator<Entry> view;
  private final @Nullable Entry edge;

  Selection(Query query, Node node) {
    this.query = query;
    this.branch = node instanceof Branch children ? children : Branch.EMPTY;
    this.view = query.fromLeft() ? Entry.ORDER : Entry.ORDER.reversed();
    this.edge = query.limit() == 0 ? null : findEdge();
  }

  private @Nullable Entry findEdge() {
    Query.Bound near = query.near();
    int rank;
    if (query.fromLeft()) {
      rank = (near == null ? 0 : rank(near, !near.inclusive())) + query.limit() - 1;
    } else {
      rank = (near == null ? branch.size() : rank(near, near.inclusive())) - query.limit();
    }
    Entry last = branch.entry(query.index(), rank);
    return last != null && query.contains(last) ? last : null;
  }

  private int rank(Query.Bound bound, boolean inclusive) {
    return branch.rank(query.index(), bound.entry(), inclusive);
  }

  /// The last child that the limit lets in; null if the limit keeps none out.
  @Nullable Entry edge() {
    return edge;
  }

  Node child(String key) {
    return branch.child(key);
  }

  boolean holds(String key) {
    Node child = branch.child(key);
    return !child.isEmpty() && holds(new Entry(query.index().sort(child), key));
  }

  private boolean holds(Entry entry) {
    return query.contains(entry) && (edge == null || view.compare(entry, edge) <= 0);
  }

  List<Entry> entries() {
    return held(range(query.near(), null));
  }

  /// The selected children that lie farther from the limit's side than an entry.
  List<Entry> beyond(Entry entry) {
    return held(range(null, entry));
  }

  private Iterable<Entry> range(Query.@Nullable Bound bound, @Nullable Entry after) {
    Entry from = bound == null ? after : bound.entry();
    boolean inclusive = bound != null && bound.inclusive();
    return branch.entries(query.index(), query.fromLeft(), from, inclusive);
  }

  private List<Entry> held(Iterable<Entry> entries) {
    List<Entry> held = new ArrayList<>();
    for (Entry entry : entries) {
      if (!holds(entry)) {
        break;
      }
      held.add(entry);
    }
    return held;
  }
}
