package dev.fireside.play;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a submission answers.
///
/// @param duplicate whether the same submission was taken before; then nothing was written now
/// @param rebuilding whether some ranks are not known at the moment
/// @param periods by period, in the board's order
public record ScoreReply(boolean duplicate, boolean rebuilding, List<InPeriod> periods) {
  /// What it did in one period.
  ///
  /// @param period kind of period
  /// @param key the period
  /// @param endsAt null for `all-time`
  /// @param score as it is now, of the player's entry; null without a score
  /// @param newBest whether it is better than all before
  /// @param rank null while ranks are not known
  /// @param country rank in the country; null where the board has no such ranks, or the player no
  ///   country
  /// @param entries how many players are ranked; null while ranks are not known
  public record InPeriod(
      String period,
      String key,
      @Nullable Instant endsAt,
      @Nullable BigDecimal score,
      @Nullable BigDecimal subscore,
      boolean newBest,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Places rank,
      @Nullable InCountry country,
      @Nullable Long entries) {}

  /// Ranks before and after.
  ///
  /// @param before null where the player had no score
  /// @param after null where the player has no score
  public record Places(@Nullable Long before, @Nullable Long after) {}

  /// Ranks in a country.
  public record InCountry(String country, Places rank, long entries) {}
}
