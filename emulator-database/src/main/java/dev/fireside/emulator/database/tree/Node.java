package dev.fireside.emulator.database.tree;

/// What stands at a place of the tree: nothing (an empty branch), a leaf, or a branch of children.
/// Nodes are immutable; a changed tree shares all that did not change.
public sealed interface Node permits Leaf, Branch {
  /// No data, JSON's `null`.
  static Node empty() {
    return Branch.EMPTY;
  }

  boolean isEmpty();

  /// The priority, a leaf that holds a number or a string, or empty.
  Node priority();

  /// This node with a priority; an empty node has none.
  Node withPriority(Node priority);

  /// A child, or empty; `.priority` is a child too.
  Node child(String key);

  /// This node with a child put, or removed by an empty one.
  Node with(String key, Node child);

  /// The hash that the SDKs compare, SHA-1 in Base64; empty for no data.
  String hash();

  /// How many children there are.
  int size();

  default Node at(Path path) {
    Node node = this;
    for (String key : path.segments()) {
      node = node.child(key);
    }
    return node;
  }

  default Node with(Path path, Node value) {
    if (path.isRoot()) {
      return value;
    }
    String key = path.get(0);
    return with(key, child(key).with(path.from(1), value));
  }
}
