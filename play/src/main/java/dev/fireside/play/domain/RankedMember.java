package dev.fireside.play.domain;

import dev.fireside.shared.ids.Uid;

/// A place in rank order as a sorted set keeps it: ascending by score, then by the bytes of the
/// member, is rank order.
///
/// @param score the rank score: the units, negative where the greatest come first
/// @param prefix the subscore and the time, each of a fixed width
/// @param uid the player
public record RankedMember(long score, String prefix, Uid uid) {
  private static final int RADIX = 36;

  /// Digits of a number below 2^54, also of microseconds for some thousand years.
  private static final int WIDTH = 11;

  /// Characters of a prefix.
  public static final int PREFIX = 2 * WIDTH;

  /// The place of a row.
  public static RankedMember of(Ranking ranking, Row row) {
    long subscore = ranking.subscoreOrder().key(row.subscore()) + Ranking.UNITS_MAX;
    return new RankedMember(
        ranking.order().key(row.score()), fixed(subscore) + fixed(row.at()), row.uid());
  }

  /// The member of the sorted set.
  public String member() {
    return prefix + uid;
  }

  /// The score in units.
  public long score(Ranking ranking) {
    return ranking.order().units(score);
  }

  /// The subscore in units.
  public long subscore(Ranking ranking) {
    return ranking
        .subscoreOrder()
        .units(Long.parseLong(prefix.substring(0, WIDTH), RADIX) - Ranking.UNITS_MAX);
  }

  /// When the run was submitted, in microseconds since 1970.
  public long at() {
    return Long.parseLong(prefix.substring(WIDTH), RADIX);
  }

  /// The row that it is the place of; metadata and country are kept beside it.
  public Row row(
      Ranking ranking,
      @org.jspecify.annotations.Nullable String metadata,
      @org.jspecify.annotations.Nullable String country) {
    return new Row(uid, score(ranking), subscore(ranking), at(), metadata, country);
  }

  private static String fixed(long number) {
    String digits = Long.toString(number, RADIX);
    return "0".repeat(WIDTH - digits.length()) + digits;
  }
}
