package dev.fireside.play.domain;

import org.jspecify.annotations.Nullable;

/// What a board takes.
///
/// @param scoreMin least score, in units; of boards that add up, least total
/// @param scoreMax greatest score, in units; of boards that add up, greatest total
/// @param metadataBytes most bytes of metadata as JSON, 0 to 1024
/// @param maxSize most players of a period, 1 to 1,000,000; null for any number
/// @param joinRequired whether a player joins each period before the first score
/// @param attempts most submissions of a player in a period of the board's shortest kind, 1 to
///   1,000; null for any number
/// @param sessionRequired whether a player's scores must come from a game session and be signed
public record Limits(
    long scoreMin,
    long scoreMax,
    int metadataBytes,
    @Nullable Integer maxSize,
    boolean joinRequired,
    @Nullable Integer attempts,
    boolean sessionRequired) {
  /// Most bytes of metadata that a board can allow.
  public static final int METADATA_BYTES_MAX = 1_024;

  /// Most players that a board can limit its periods to.
  public static final int SIZE_MAX = 1_000_000;

  /// Most submissions that a board can limit its players to.
  public static final int ATTEMPTS_MAX = 1_000;

  /// What holds where nothing is said.
  public static final Limits DEFAULT =
      new Limits(0, Ranking.UNITS_MAX, 256, null, false, null, true);

  /// Throws [IllegalArgumentException] outside the ranges.
  public Limits {
    require(
        scoreMin >= -Ranking.UNITS_MAX && scoreMin <= scoreMax && scoreMax <= Ranking.UNITS_MAX,
        "scoreMin");
    require(metadataBytes >= 0 && metadataBytes <= METADATA_BYTES_MAX, "metadataBytes");
    require(maxSize == null || (maxSize >= 1 && maxSize <= SIZE_MAX), "maxSize");
    require(attempts == null || (attempts >= 1 && attempts <= ATTEMPTS_MAX), "attempts");
  }

  private static void require(boolean holds, String name) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is out of range");
    }
  }
}
