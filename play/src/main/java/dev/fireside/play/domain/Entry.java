package dev.fireside.play.domain;

import dev.fireside.shared.ids.Uid;
import org.jspecify.annotations.Nullable;

/// What a player has in one period of a board.
///
/// @param score in units of the board; 0 while not scored
/// @param subscore in units of the board; 0 while not scored
/// @param at when the run was submitted, in microseconds since 1970 by Firestore's clock
/// @param metadata of the run, a JSON object; null for none
/// @param attempts how many scores the player submitted
/// @param joined whether the player joined
/// @param scored whether there is a score; one that a moderator removed is none
/// @param country that the player is ranked in; fixed once known, so that nobody changes to an
///   easier one within the period
public record Entry(
    long score,
    long subscore,
    long at,
    @Nullable String metadata,
    int attempts,
    boolean joined,
    boolean scored,
    @Nullable String country) {
  /// Nothing yet.
  public static final Entry NONE = new Entry(0, 0, 0, null, 0, false, false, null);

  /// The same without the score.
  public Entry removed() {
    return new Entry(0, 0, 0, null, attempts, joined, false, country);
  }

  /// The same, joined.
  public Entry join(@Nullable String from) {
    return new Entry(
        score, subscore, at, metadata, attempts, true, scored, country == null ? from : country);
  }

  /// The row of the player in the ranking.
  public Row row(Uid uid) {
    return new Row(uid, score, subscore, at, metadata, country);
  }
}
