package dev.fireside.play.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a board asks of the sessions that its scores come from.
///
/// @param minSeconds how long a session must have been going when it is finished
/// @param maxSeconds how long a session lives
/// @param pointsPerSecondMax score per second of the session, at most, in units of the board; null
///   for any
/// @param minEvents how many events a session must have
/// @param scoreFromEvents whether the score must be the sum of the events' points
public record SessionRules(
    int minSeconds,
    int maxSeconds,
    @Nullable Long pointsPerSecondMax,
    int minEvents,
    boolean scoreFromEvents) {
  /// How long a session may live at most: it has to be over well before it is removed.
  public static final int SECONDS_MAX = 86_400;

  /// Rules that believe everything that comes within the hour.
  public static final SessionRules NONE = new SessionRules(0, 3_600, null, 0, false);

  private static final long MILLIS = 1_000;

  /// Throws [IllegalArgumentException] outside the ranges.
  public SessionRules {
    if (maxSeconds < 1 || maxSeconds > SECONDS_MAX) {
      throw new IllegalArgumentException("maxSeconds must be from 1 to " + SECONDS_MAX);
    }
    if (minSeconds < 0 || minSeconds >= maxSeconds) {
      throw new IllegalArgumentException("minSeconds must be less than maxSeconds");
    }
    if (minEvents < 0 || (pointsPerSecondMax != null && pointsPerSecondMax < 0)) {
      throw new IllegalArgumentException("Rules must not be negative");
    }
  }

  /// What is wrong with a score of a session; empty for one that can be believed.
  ///
  /// @param score in units of the board, within ±2^53
  public Optional<Implausible> objection(GameSession session, long score, Instant now) {
    Duration elapsed = session.elapsed(now);
    if (elapsed.compareTo(Duration.ofSeconds(minSeconds)) < 0) {
      return Optional.of(Implausible.TOO_SHORT);
    }
    if (session.totals().count() < minEvents) {
      return Optional.of(Implausible.TOO_FEW_EVENTS);
    }
    // A score of 2^53 in thousandths still fits into a long.
    if (pointsPerSecondMax != null
        && Math.ceilDiv(Math.abs(score) * MILLIS, Math.max(1, elapsed.toMillis()))
            > pointsPerSecondMax) {
      return Optional.of(Implausible.TOO_FAST);
    }
    if (scoreFromEvents && score != session.totals().points()) {
      return Optional.of(Implausible.NOT_THE_SUM);
    }
    return Optional.empty();
  }
}
