package dev.fireside.play.domain;

/// What a board does with another score of a player.
public enum Operator {
  /// Keeps the better of both runs.
  BEST,
  /// Takes the new one.
  SET,
  /// Adds the new one.
  INCR,
  /// Subtracts the new one.
  DECR;

  /// Whether scores make a total.
  public boolean adds() {
    return this == INCR || this == DECR;
  }
}
