package dev.fireside.emulator.database.tree;

import java.util.Comparator;

/// The order of values: nothing, false, true, numbers, strings by UTF-16 code units, branches;
/// branches are all alike.
final class Values {
  static final Comparator<Node> ORDER = Values::compare;

  private Values() {}

  private static int compare(Node a, Node b) {
    int order = Integer.compare(rank(a), rank(b));
    return order == 0 && a instanceof Leaf x && b instanceof Leaf y
        ? compareAlike(x.value(), y.value())
        : order;
  }

  private static int rank(Node node) {
    if (!(node instanceof Leaf leaf)) {
      return node.isEmpty() ? 0 : 4;
    }
    return switch (leaf.value()) {
      case Boolean _ -> 1;
      case Number _ -> 2;
      default -> 3;
    };
  }

  private static int compareAlike(Object a, Object b) {
    return switch (a) {
      case Boolean x -> Boolean.compare(x, (Boolean) b);
      case Long x when b instanceof Long y -> Long.compare(x, y);
      case Number x -> Double.compare(x.doubleValue(), ((Number) b).doubleValue());
      default -> ((String) a).compareTo((String) b);
    };
  }
}
