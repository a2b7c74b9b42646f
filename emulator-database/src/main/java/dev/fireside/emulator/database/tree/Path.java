package dev.fireside.emulator.database.tree;

import java.util.ArrayList;
import java.util.List;

/// A place in the tree. Its last segment may be `.priority`; all others are keys.
public record Path(List<String> segments) implements Comparable<Path> {
  /// The deepest place that may hold a value.
  public static final int DEPTH_MAX = 32;

  public static final Path ROOT = new Path(List.of());

  public Path {
    segments = List.copyOf(segments);
  }

  /// Reads `a/b` or `/a/b/`; empty segments are skipped, as the SDKs do.
  public static Path parse(String text) {
    List<String> segments = new ArrayList<>();
    for (String segment : text.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    for (int i = 0; i < segments.size(); i++) {
      boolean priority = i == segments.size() - 1 && segments.get(i).equals(Keys.PRIORITY);
      if (!priority) {
        Keys.check(segments.get(i));
      }
    }
    Path path = new Path(segments);
    path.checkDepth();
    return path;
  }

  void checkDepth() {
    int depth = endsInPriority() ? size() - 1 : size();
    if (depth > DEPTH_MAX) {
      throw new InvalidDataException(
          "A path is %d keys deep; at most %d are allowed".formatted(depth, DEPTH_MAX));
    }
  }

  public int size() {
    return segments.size();
  }

  public boolean isRoot() {
    return segments.isEmpty();
  }

  /// The segment at a depth; 0 is the first one.
  public String get(int depth) {
    return segments.get(depth);
  }

  public String last() {
    return segments.getLast();
  }

  public Path parent() {
    return new Path(segments.subList(0, size() - 1));
  }

  public Path child(String key) {
    List<String> all = new ArrayList<>(segments);
    all.add(key);
    return new Path(all);
  }

  public Path plus(Path below) {
    List<String> all = new ArrayList<>(segments);
    all.addAll(below.segments);
    return new Path(all);
  }

  /// Whether this is `other` or below it.
  public boolean startsWith(Path other) {
    return size() >= other.size() && segments.subList(0, other.size()).equals(other.segments);
  }

  /// What is left of this path after so many segments.
  public Path from(int depth) {
    return new Path(segments.subList(depth, size()));
  }

  public boolean endsInPriority() {
    return !isRoot() && last().equals(Keys.PRIORITY);
  }

  /// Orders as the SDKs apply a merge, so that the same data comes of it.
  @Override
  public int compareTo(Path other) {
    for (int i = 0; i < Math.min(size(), other.size()); i++) {
      int order = Keys.ORDER.compare(get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(size(), other.size());
  }

  /// `/a/b`; the root is `/`.
  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }
}
