package dev.fireside.play.domain;

/// Among whom a board ranks.
public enum Scope {
  GLOBAL,
  COUNTRY,
  /// The people a player follows, and the player.
  FRIENDS
}
