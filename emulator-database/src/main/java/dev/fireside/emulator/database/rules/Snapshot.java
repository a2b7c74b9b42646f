package dev.fireside.emulator.database.rules;

import dev.fireside.emulator.database.tree.Branch;
import dev.fireside.emulator.database.tree.Leaf;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place of the data, before or after a write, as a rule sees it. What is looked at is noted.
record Snapshot(Node root, Path path, Set<Path> reads) {
  Snapshot child(String below) {
    List<String> segments = new ArrayList<>(path.segments());
    for (String segment : below.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return new Snapshot(root, new Path(segments), reads);
  }

  Snapshot parent() {
    if (path.isRoot()) {
      throw new EvaluationException("The root has no parent");
    }
    return new Snapshot(root, path.parent(), reads);
  }

  private Node node() {
    reads.add(path);
    return root.at(path);
  }

  boolean exists() {
    return !node().isEmpty();
  }

  boolean hasChildren() {
    return node().size() > 0;
  }

  /// A `Boolean`, `Double`, `String`, null or, where there are children, the branch.
  @Nullable Object val() {
    return value(node());
  }

  @Nullable Object priority() {
    return value(node().priority());
  }

  static @Nullable Object value(Node node) {
    return switch (node) {
      case Leaf leaf when leaf.value() instanceof Number number -> number.doubleValue();
      case Leaf leaf -> leaf.value();
      case Branch branch -> branch.isEmpty() ? null : branch;
    };
  }
}
