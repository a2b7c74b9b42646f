package dev.fireside.play.domain;

/// What can be done with a board.
public enum BoardStatus {
  OPEN,
  /// Takes no scores; can be read.
  CLOSED,
  /// Gone for everybody; its id is not given again.
  DELETED
}
