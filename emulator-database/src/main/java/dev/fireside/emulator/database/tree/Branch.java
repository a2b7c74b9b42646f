package dev.fireside.emulator.database.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A node with children, ordered by key; the one without children is no data.
///
/// An order other than by key is built when it is first asked for, and carried on by each change
/// since, so that queries over many children cost one sort.
public final class Branch implements Node {
  static final Branch EMPTY = new Branch(SortedTree.empty(Keys.ORDER), null);

  /// How many orders one node carries; one more makes it forget them.
  private static final int ORDERS_MAX = 16;

  private final SortedTree<String, Node> children;
  private final @Nullable Node priority;
  private volatile Map<Index, SortedTree<Entry, Boolean>> orders = Map.of();
  private volatile @Nullable String hash;

  private Branch(SortedTree<String, Node> children, @Nullable Node priority) {
    this.children = children;
    this.priority = priority;
  }

  /// A branch of these children, of which none is empty.
  static Node of(Map<String, Node> children) {
    if (children.isEmpty()) {
      return EMPTY;
    }
    List<Map.Entry<String, Node>> sorted = new ArrayList<>(children.entrySet());
    sorted.sort(Map.Entry.comparingByKey(Keys.ORDER));
    return new Branch(SortedTree.of(Keys.ORDER, sorted), EMPTY);
  }

  /// The children, ordered by key.
  public Iterable<Map.Entry<String, Node>> children() {
    return children.entries(true, null, true);
  }

  @Override
  public boolean isEmpty() {
    return size() == 0;
  }

  @Override
  public int size() {
    return children.size();
  }

  @Override
  public Node priority() {
    return priority == null ? EMPTY : priority;
  }

  @Override
  public Node withPriority(Node newPriority) {
    if (isEmpty() || newPriority.equals(priority)) {
      return this;
    }
    Branch changed = new Branch(children, newPriority);
    changed.orders = orders;
    return changed;
  }

  @Override
  public Node child(String key) {
    if (key.equals(Keys.PRIORITY)) {
      return priority();
    }
    Node child = children.get(key);
    return child == null ? EMPTY : child;
  }

  @SuppressWarnings("ReferenceEquality") // What nobody changed is the same, and found so at once.
  @Override
  public Node with(String key, Node child) {
    if (key.equals(Keys.PRIORITY)) {
      return withPriority(child);
    }
    Node old = child(key);
    if (old == child) {
      return this;
    }
    var next = child.isEmpty() ? children.minus(key) : children.plus(key, child);
    if (next.size() == 0) {
      return EMPTY;
    }
    Branch changed = new Branch(next, priority());
    if (!orders.isEmpty()) {
      Map<Index, SortedTree<Entry, Boolean>> carried = new HashMap<>();
      orders.forEach((index, order) -> carried.put(index, carry(index, order, key, old, child)));
      changed.orders = carried;
    }
    return changed;
  }

  private static SortedTree<Entry, Boolean> carry(
      Index index, SortedTree<Entry, Boolean> order, String key, Node old, Node child) {
    Node before = index.sort(old);
    Node after = index.sort(child);
    if (!old.isEmpty() && !child.isEmpty() && before.equals(after)) {
      return order;
    }
    var without = old.isEmpty() ? order : order.minus(new Entry(before, key));
    return child.isEmpty() ? without : without.plus(new Entry(after, key), true);
  }

  /// The children in an order or against it, from an entry on or from the end.
  Iterable<Entry> entries(Index index, boolean ascending, @Nullable Entry from, boolean inclusive) {
    if (index instanceof Index.Key) {
      String key = from == null ? null : from.key();
      return map(children.entries(ascending, key, inclusive), c -> new Entry(EMPTY, c.getKey()));
    }
    return map(order(index).entries(ascending, from, inclusive), Map.Entry::getKey);
  }

  private static <T, R> Iterable<R> map(Iterable<T> source, Function<T, R> function) {
    return () -> {
      Iterator<T> items = source.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return items.hasNext();
        }

        @Override
        public R next() {
          return function.apply(items.next());
        }
      };
    };
  }

  /// How many children come before an entry in an order, or with `inclusive` not after it.
  int rank(Index index, Entry entry, boolean inclusive) {
    return index instanceof Index.Key
        ? children.rank(entry.key(), inclusive)
        : order(index).rank(entry, inclusive);
  }

  /// The child at a rank of an order; null where there is none.
  @Nullable Entry entry(Index index, int rank) {
    if (index instanceof Index.Key) {
      String key = children.at(rank);
      return key == null ? null : new Entry(EMPTY, key);
    }
    return order(index).at(rank);
  }

  private SortedTree<Entry, Boolean> order(Index index) {
    var known = orders;
    var order = known.get(index);
    if (order == null) {
      List<Map.Entry<Entry, Boolean>> all = new ArrayList<>(size());
      for (Map.Entry<String, Node> child : children()) {
        all.add(Map.entry(new Entry(index.sort(child.getValue()), child.getKey()), true));
      }
      all.sort(Map.Entry.comparingByKey(Entry.ORDER));
      order = SortedTree.of(Entry.ORDER, all);
      Map<Index, SortedTree<Entry, Boolean>> more =
          known.size() < ORDERS_MAX ? new HashMap<>(known) : new HashMap<>();
      more.put(index, order);
      orders = more;
    }
    return order;
  }

  @Override
  public String hash() {
    String known = hash;
    if (known == null) {
      known = Hash.of(this);
      hash = known;
    }
    return known;
  }

  @SuppressWarnings("ReferenceEquality") // What nobody changed is the same, and found so at once.
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Branch that) || size() != that.size()) {
      return false;
    }
    if (isEmpty() || children.root() == that.children.root()) {
      return isEmpty() || priority().equals(that.priority());
    }
    Iterator<Map.Entry<String, Node>> theirs = that.children().iterator();
    for (Map.Entry<String, Node> mine : children()) {
      Map.Entry<String, Node> their = theirs.next();
      if (!mine.getKey().equals(their.getKey()) || !mine.getValue().equals(their.getValue())) {
        return false;
      }
    }
    return priority().equals(that.priority());
  }

  @Override
  public int hashCode() {
    int hashCode = priority == null ? 0 : priority.hashCode();
    for (Map.Entry<String, Node> child : children()) {
      hashCode = 31 * hashCode + child.getKey().hashCode();
    }
    return hashCode;
  }

  @Override
  public String toString() {
    return Json.text(this, Json.Format.EXPORT);
  }
}
