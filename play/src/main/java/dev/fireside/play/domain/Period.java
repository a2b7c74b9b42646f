package dev.fireside.play.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One stretch of time with a ranking of its own.
///
/// @param kind how long it is
/// @param key its name, unique within a board: `daily-2026-11-21`, `weekly-2026-W47`,
///   `monthly-2026-11`, `all-time`, `cron-2026-11-21T06:00Z`; safe in paths
/// @param start its first instant
/// @param end the first instant after it; null for `all-time`
public record Period(PeriodKind kind, String key, Instant start, @Nullable Instant end) {
  /// Whether it is over at `instant`.
  public boolean endedBy(Instant instant) {
    return end != null && !instant.isBefore(end);
  }
}
