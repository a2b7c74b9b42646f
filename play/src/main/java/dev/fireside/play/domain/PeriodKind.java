package dev.fireside.play.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How often a ranking begins anew, from the shortest to the longest.
public enum PeriodKind {
  /// By a cron expression of the board; such a board has no other kind.
  CRON,
  DAILY,
  /// From Monday.
  WEEKLY,
  MONTHLY,
  /// Never.
  ALL_TIME;

  /// The name in bodies, queries and documents, such as `all-time`.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The kind of a wire name.
  public static Optional<PeriodKind> of(String wireName) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(wireName)).findFirst();
  }
}
