package dev.fireside.play.domain;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a board gives the players of its periods, and how long after a period's end.
///
/// @param table by kind of period, ranges that are apart
/// @param after how long after a period's end its ranks become final and its rewards are given, so
///   that moderators can look first; 0 to [#AFTER_MAX]
public record Rewards(Map<PeriodKind, List<Reward>> table, Duration after) {
  /// The longest hold.
  public static final Duration AFTER_MAX = Duration.ofDays(14);

  /// No rewards.
  public static final Rewards NONE = new Rewards(Map.of(), Duration.ZERO);

  /// Throws [IllegalArgumentException] for rewards that are none.
  public Rewards {
    var copy = new EnumMap<PeriodKind, List<Reward>>(PeriodKind.class);
    table.forEach((kind, ranges) -> copy.put(kind, List.copyOf(ranges)));
    table = Map.copyOf(copy);
    if (!table.values().stream().allMatch(Reward::areApart)) {
      throw new IllegalArgumentException("Ranges of rewards overlap");
    }
    if (after.isNegative() || after.compareTo(AFTER_MAX) > 0) {
      throw new IllegalArgumentException("Rewards wait for 14 days at most, not " + after);
    }
  }

  /// The rewards of a kind of period.
  public List<Reward> of(PeriodKind kind) {
    return table.getOrDefault(kind, List.of());
  }
}
