package dev.fireside.emulator.database.tree;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// An immutable sorted map: a tree balanced by weight, of which a change copies one path of O(log
/// n) links. It knows ranks, which the JDK's maps do not.
///
/// @param root null if the map is empty
record SortedTree<K, V>(Comparator<? super K> order, @Nullable Link<K, V> root) {
  /// How many times heavier one side may be than the other, and when one rotation does not do.
  private static final int WEIGHT_RATIO = 3;

  private static final int DOUBLE_RATIO = 2;

  record Link<K, V>(K key, V value, @Nullable Link<K, V> left, @Nullable Link<K, V> right, int size)
      implements Map.Entry<K, V> {
    @Override
    public K getKey() {
      return key;
    }

    @Override
    public V getValue() {
      return value;
    }

    @Override
    public V setValue(V ignored) {
      throw new UnsupportedOperationException();
    }
  }

  static <K, V> SortedTree<K, V> empty(Comparator<? super K> order) {
    return new SortedTree<>(order, null);
  }

  /// A tree of entries that are in order already.
  static <K, V> SortedTree<K, V> of(
      Comparator<? super K> order, List<? extends Map.Entry<K, V>> sorted) {
    return new SortedTree<>(order, build(sorted));
  }

  private static <K, V> @Nullable Link<K, V> build(List<? extends Map.Entry<K, V>> sorted) {
    if (sorted.isEmpty()) {
      return null;
    }
    int middle = sorted.size() / 2;
    Map.Entry<K, V> entry = sorted.get(middle);
    return link(
        entry.getKey(),
        entry.getValue(),
        build(sorted.subList(0, middle)),
        build(sorted.subList(middle + 1, sorted.size())));
  }

  int size() {
    return size(root);
  }

  private static int size(@Nullable Link<?, ?> link) {
    return link == null ? 0 : link.size;
  }

  @Nullable V get(K key) {
    Link<K, V> link = root;
    while (link != null) {
      int side = order.compare(key, link.key);
      if (side == 0) {
        return link.value;
      }
      link = side < 0 ? link.left : link.right;
    }
    return null;
  }

  /// How many keys are smaller than a key, or with `inclusive` not greater.
  int rank(K key, boolean inclusive) {
    int rank = 0;
    Link<K, V> link = root;
    while (link != null) {
      int side = order.compare(key, link.key);
      if (side > 0 || (side == 0 && inclusive)) {
        rank += size(link.left) + 1;
        link = link.right;
      } else {
        link = link.left;
      }
    }
    return rank;
  }

  /// The key at a rank; null where there is none.
  @Nullable K at(int rank) {
    int left = rank;
    Link<K, V> link = rank < 0 ? null : root;
    while (link != null) {
      int smaller = size(link.left);
      if (left == smaller) {
        return link.key;
      }
      if (left < smaller) {
        link = link.left;
      } else {
        left -= smaller + 1;
        link = link.right;
      }
    }
    return null;
  }

  SortedTree<K, V> plus(K key, V value) {
    return new SortedTree<>(order, plus(root, key, value));
  }

  private Link<K, V> plus(@Nullable Link<K, V> link, K key, V value) {
    if (link == null) {
      return new Link<>(key, value, null, null, 1);
    }
    int side = order.compare(key, link.key);
    if (side == 0) {
      return new Link<>(key, value, link.left, link.right, link.size);
    }
    return side < 0
        ? balance(link, plus(link.left, key, value), link.right)
        : balance(link, link.left, plus(link.right, key, value));
  }

  SortedTree<K, V> minus(K key) {
    return new SortedTree<>(order, minus(root, key));
  }

  private @Nullable Link<K, V> minus(@Nullable Link<K, V> link, K key) {
    if (link == null) {
      return null;
    }
    int side = order.compare(key, link.key);
    if (side < 0) {
      return balance(link, minus(link.left, key), link.right);
    }
    if (side > 0) {
      return balance(link, link.left, minus(link.right, key));
    }
    if (link.left == null || link.right == null) {
      return link.left == null ? link.right : link.left;
    }
    Link<K, V> next = link.right;
    while (next.left != null) {
      next = next.left;
    }
    return balance(next, link.left, minus(link.right, next.key));
  }

  private static <K, V> Link<K, V> link(
      K key, V value, @Nullable Link<K, V> left, @Nullable Link<K, V> right) {
    return new Link<>(key, value, left, right, size(left) + size(right) + 1);
  }

  /// A link with the key of `top` over two sides, of which one may be too heavy by one change.
  private static <K, V> Link<K, V> balance(
      Link<K, V> top, @Nullable Link<K, V> left, @Nullable Link<K, V> right) {
    if (size(left) + size(right) > 1) {
      if (right != null && size(right) > WEIGHT_RATIO * size(left)) {
        return rotateLeft(top, left, right);
      }
      if (left != null && size(left) > WEIGHT_RATIO * size(right)) {
        return rotateRight(top, left, right);
      }
    }
    return link(top.key, top.value, left, right);
  }

  private static <K, V> Link<K, V> rotateLeft(
      Link<K, V> top, @Nullable Link<K, V> left, Link<K, V> right) {
    Link<K, V> inner = right.left;
    if (inner == null || size(inner) < DOUBLE_RATIO * size(right.right)) {
      return link(right.key, right.value, link(top.key, top.value, left, inner), right.right);
    }
    return link(
        inner.key,
        inner.value,
        link(top.key, top.value, left, inner.left),
        link(right.key, right.value, inner.right, right.right));
  }

  private static <K, V> Link<K, V> rotateRight(
      Link<K, V> top, Link<K, V> left, @Nullable Link<K, V> right) {
    Link<K, V> inner = left.right;
    if (inner == null || size(inner) < DOUBLE_RATIO * size(left.left)) {
      return link(left.key, left.value, left.left, link(top.key, top.value, inner, right));
    }
    return link(
        inner.key,
        inner.value,
        link(left.key, left.value, left.left, inner.left),
        link(top.key, top.value, inner.right, right));
  }

  /// The entries in order or against it, from a key on or from the end.
  Iterable<Map.Entry<K, V>> entries(boolean ascending, @Nullable K from, boolean inclusive) {
    return () -> new Walk(ascending, from, inclusive);
  }

  private final class Walk implements Iterator<Map.Entry<K, V>> {
    private final boolean ascending;
    private final Deque<Link<K, V>> ahead = new ArrayDeque<>();

    Walk(boolean ascending, @Nullable K from, boolean inclusive) {
      this.ascending = ascending;
      Link<K, V> link = root;
      while (link != null) {
        int side = from == null ? -1 : order.compare(from, link.key);
        side = ascending || from == null ? side : -side;
        if (side < 0 || (side == 0 && inclusive)) {
          ahead.push(link);
          link = near(link);
        } else {
          link = far(link);
        }
      }
    }

    private @Nullable Link<K, V> near(Link<K, V> link) {
      return ascending ? link.left : link.right;
    }

    private @Nullable Link<K, V> far(Link<K, V> link) {
      return ascending ? link.right : link.left;
    }

    @Override
    public boolean hasNext() {
      return !ahead.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      if (ahead.isEmpty()) {
        throw new NoSuchElementException();
      }
      Link<K, V> found = ahead.pop();
      for (Link<K, V> link = far(found); link != null; link = near(link)) {
        ahead.push(link);
      }
      return found;
    }
  }
}
