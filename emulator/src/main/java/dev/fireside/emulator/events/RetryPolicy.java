package dev.fireside.emulator.events;

import java.time.Duration;

/// When a delivery that failed is tried again.
///
/// @param first the pause after the first failure; it doubles with each
/// @param max the longest pause
/// @param attemptsMax deliveries of one event before it is given up
/// @param window age of an event at which it is given up
public record RetryPolicy(Duration first, Duration max, int attemptsMax, Duration window) {
  /// Production's shape (10 s to 600 s, for 24 hours), fifty times as fast.
  public static final RetryPolicy LOCAL =
      new RetryPolicy(
          Duration.ofMillis(200), Duration.ofSeconds(10), Integer.MAX_VALUE, Duration.ofHours(24));

  /// For tests, which wait for it.
  public static final RetryPolicy TEST =
      new RetryPolicy(Duration.ofMillis(20), Duration.ofSeconds(1), 10, Duration.ofHours(24));

  /// The pause after the failure of attempt number `attempt`, counted from 1.
  Duration pauseAfter(int attempt) {
    int doublings = Math.min(attempt - 1, 30);
    Duration pause = first.multipliedBy(1L << doublings);
    return pause.compareTo(max) > 0 ? max : pause;
  }

  boolean isOver(int attempt, Duration age) {
    return attempt >= attemptsMax || age.compareTo(window) >= 0;
  }
}
