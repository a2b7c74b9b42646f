package dev.fireside.emulator.database.tree;

import java.util.Comparator;

/// A child's place in an order: what it is sorted by, then its key.
record Entry(Node sort, String key) {
  static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::sort, Values.ORDER).thenComparing(Entry::key, Keys.ORDER);
}
