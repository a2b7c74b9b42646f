package dev.fireside.play.domain;

/// What a session keeps of its events beside the log.
///
/// @param lastSeq number of the latest event; 0 before the first
/// @param count how many there are
/// @param bytes size of the stored log, compressed
/// @param points sum of the events' points, in units of the board
/// @param lastAt when the latest event happened, in milliseconds since the start
public record EventTotals(long lastSeq, long count, long bytes, long points, long lastAt) {
  /// Nothing has happened yet.
  public static final EventTotals NONE = new EventTotals(0, 0, 0, 0, 0);
}
