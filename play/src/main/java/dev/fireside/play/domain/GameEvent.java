package dev.fireside.play.domain;

import org.jspecify.annotations.Nullable;

/// One thing that happened in a game.
///
/// @param seq 1 for the first event of a session, then one more for each
/// @param at milliseconds since the session started; never less than that of the event before
/// @param type what happened, in the game's own words
/// @param points what it was worth, in units of the board; null for nothing
/// @param data what else the game notes of it, a JSON object; null for nothing
public record GameEvent(
    long seq, long at, String type, @Nullable Long points, @Nullable String data) {
  /// Characters of [#type], at most.
  public static final int TYPE_MAX = 64;

  /// Bytes of [#data], at most.
  public static final int DATA_BYTES_MAX = 1024;
}
