package dev.fireside.emulator.database.tree;

/// A value: a `Boolean`, `Long`, `Double` or `String`. A number that is whole and fits is a `Long`.
public record Leaf(Object value, Node priority) implements Node {
  public static Leaf of(boolean value) {
    return new Leaf(value, Node.empty());
  }

  public static Leaf of(long value) {
    return new Leaf(value, Node.empty());
  }

  /// A finite number.
  public static Leaf of(double value) {
    boolean whole = Math.rint(value) == value && Math.abs(value) < 0x1p63;
    return new Leaf(whole ? (Object) (long) value : (Object) value, Node.empty());
  }

  public static Leaf of(String value) {
    return new Leaf(value, Node.empty());
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public Node withPriority(Node newPriority) {
    return new Leaf(value, newPriority);
  }

  @Override
  public Node child(String key) {
    return key.equals(Keys.PRIORITY) ? priority : Node.empty();
  }

  @Override
  public Node with(String key, Node child) {
    if (key.equals(Keys.PRIORITY)) {
      return withPriority(child);
    }
    return child.isEmpty() ? this : Node.empty().with(key, child).withPriority(priority);
  }

  @Override
  public String hash() {
    return Hash.of(this);
  }

  @Override
  public int size() {
    return 0;
  }
}
