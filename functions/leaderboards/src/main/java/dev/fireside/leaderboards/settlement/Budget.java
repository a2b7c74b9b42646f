package dev.fireside.leaderboards.settlement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// How much one call may do before it leaves the rest to the next.
final class Budget {
  private final Clock clock;
  private final Instant end;
  private int periods;

  /// @param periods how many periods it may settle
  /// @param time how long it may go on
  Budget(Clock clock, int periods, Duration time) {
    this.clock = clock;
    this.periods = periods;
    this.end = clock.instant().plus(time);
  }

  /// Notes that one more period is done.
  void takePeriod() {
    periods--;
  }

  boolean isSpent() {
    return periods <= 0 || !clock.instant().isBefore(end);
  }
}
