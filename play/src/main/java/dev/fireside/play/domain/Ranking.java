package dev.fireside.play.domain;

import java.math.BigDecimal;
import java.util.Comparator;

/// How a board compares scores. Cannot be changed.
///
/// @param order of the score
/// @param operator what becomes of another score of a player
/// @param subscoreOrder of the subscore, among equal scores
/// @param decimals digits after the point, 0 to 6; scores and subscores are kept as whole units of
///   10^-`decimals`
public record Ranking(Order order, Operator operator, Order subscoreOrder, int decimals) {
  /// The greatest magnitude of a score, in units: up to here a double is exact.
  public static final long UNITS_MAX = (1L << 53) - 1;

  /// Most digits after the point.
  public static final int DECIMALS_MAX = 6;

  /// Throws [IllegalArgumentException] for decimals out of range.
  public Ranking {
    if (decimals < 0 || decimals > DECIMALS_MAX) {
      throw new IllegalArgumentException("decimals must be from 0 to " + DECIMALS_MAX);
    }
  }

  /// Compares runs by score and subscore: the better first.
  public int compare(long score, long subscore, long otherScore, long otherSubscore) {
    int byScore = Long.compare(order.key(score), order.key(otherScore));
    return byScore != 0
        ? byScore
        : Long.compare(subscoreOrder.key(subscore), subscoreOrder.key(otherSubscore));
  }

  /// Rank order: the better run first, of equal ones the earlier, of those by user id.
  public Comparator<Row> rows() {
    return (one, other) -> {
      int byRun = compare(one.score(), one.subscore(), other.score(), other.subscore());
      if (byRun != 0) {
        return byRun;
      }
      int byTime = Long.compare(one.at(), other.at());
      return byTime != 0 ? byTime : one.uid().compareTo(other.uid());
    };
  }

  /// Units as the number they stand for.
  public BigDecimal number(long units) {
    return BigDecimal.valueOf(units, decimals);
  }
}
