package dev.fireside.play.domain;

/// Who or what hides a player from others.
public enum HiddenBy {
  /// A moderator, on one board.
  MODERATOR,
  /// The account is suspended, which hides the player on all boards.
  SUSPENSION
}
