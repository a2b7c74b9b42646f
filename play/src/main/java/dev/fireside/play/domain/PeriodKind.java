package dev.fireside.play.domain;

/// How often a ranking begins anew, from the shortest to the longest.
public enum PeriodKind {
  /// By a cron expression of the board; such a board has no other kind.
  CRON,
  DAILY,
  /// From Monday.
  WEEKLY,
  MONTHLY,
  /// Never.
  ALL_TIME
}
