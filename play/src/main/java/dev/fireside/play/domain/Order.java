package dev.fireside.play.domain;

/// Which values come first.
public enum Order {
  /// The greatest.
  DESC,
  /// The least.
  ASC;

  /// The value by which ascending order is this order.
  long key(long units) {
    return this == DESC ? -units : units;
  }

  /// The inverse of [#key].
  long units(long key) {
    return this == DESC ? -key : key;
  }
}
