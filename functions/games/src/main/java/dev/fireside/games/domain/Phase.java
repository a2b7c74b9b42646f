package dev.fireside.games.domain;

/// Where a live event stands.
public enum Phase {
  /// Not published, or not begun.
  UPCOMING,
  RUNNING,
  /// Over, but rewards can still be claimed.
  ENDED,
  /// Nothing can be claimed any more.
  CLOSED
}
