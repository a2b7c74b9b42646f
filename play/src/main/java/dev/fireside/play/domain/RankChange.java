package dev.fireside.play.domain;

import org.jspecify.annotations.Nullable;

/// Where a player stood in a period before a submission and stands after it, as the player may see
/// it.
///
/// @param ready whether the ranks are known; if not, all else is null or 0
/// @param before rank among all; null where the player was in none
/// @param after rank among all; null where the player is in none
/// @param entries how many players are ranked
/// @param countryBefore rank in the country; null where the player was in none
/// @param countryAfter rank in the country; null where the player is in none
/// @param countryEntries how many players are ranked in the country
public record RankChange(
    boolean ready,
    @Nullable Long before,
    @Nullable Long after,
    long entries,
    @Nullable Long countryBefore,
    @Nullable Long countryAfter,
    long countryEntries) {
  /// Nothing is known.
  public static final RankChange NOT_READY = new RankChange(false, null, null, 0, null, null, 0);
}
