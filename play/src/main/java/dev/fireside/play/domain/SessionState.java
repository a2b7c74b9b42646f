package dev.fireside.play.domain;

/// How far a game session has come. All but `OPEN` are final.
public enum SessionState {
  /// Takes events and may be finished, until it expires.
  OPEN,
  /// Finished; its score has been submitted.
  FINISHED,
  /// Expired without having been finished.
  ABANDONED,
  /// Finished with a score that its board's rules do not believe.
  REJECTED
}
