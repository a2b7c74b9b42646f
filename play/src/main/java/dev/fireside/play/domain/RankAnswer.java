package dev.fireside.play.domain;

import java.util.List;

/// What Redis answers about the ranks of one period.
///
/// @param ready whether the ranks are known; if not, they are being rebuilt or Redis is away, and
///   there are no rows
/// @param entries how many players the asked list ranks; 0 where not ready
/// @param rows in rank order
public record RankAnswer(boolean ready, long entries, List<Ranked> rows) {
  /// Nothing is known.
  public static final RankAnswer NOT_READY = new RankAnswer(false, 0, List.of());

  public RankAnswer {
    rows = List.copyOf(rows);
  }
}
