package dev.fireside.play.domain;

import dev.fireside.shared.ids.Uid;
import org.jspecify.annotations.Nullable;

/// A player's place in a ranking, without its number.
///
/// @param score in units of the board
/// @param subscore in units of the board
/// @param at when the run was submitted, in microseconds since 1970
/// @param metadata a JSON object; null for none
/// @param country ISO 3166-1 alpha-2 code; null for none
public record Row(
    Uid uid,
    long score,
    long subscore,
    long at,
    @Nullable String metadata,
    @Nullable String country) {
  /// No account has an id like this.
  private static final String NOBODY = "-gone-";

  /// The place of somebody whose account was deleted: nothing of the person is left in it.
  ///
  /// @param place of the row in its period, from 0, which keeps such rows apart
  public static Row ofNobody(int place, long score, long subscore, long at) {
    return new Row(new Uid(NOBODY + place), score, subscore, at, null, null);
  }

  /// Whether the person is gone.
  public boolean isOfNobody() {
    return uid.value().startsWith(NOBODY);
  }
}
