package dev.fireside.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// The clock of a local project, which tests and developers set. Until then it goes with the
/// system's; afterwards it goes on from where it was set to, or stands still when it was stopped.
public final class LocalClock extends Clock {
  private final AtomicReference<Reading> reading = new AtomicReference<>(Reading.REAL);
  private final ZoneId zone;

  /// A relation to the system's clock.
  ///
  /// @param offset what is added to it
  /// @param stoppedAt the instant that is always returned; null while the clock goes
  private record Reading(Duration offset, @org.jspecify.annotations.Nullable Instant stoppedAt) {
    static final Reading REAL = new Reading(Duration.ZERO, null);

    Instant now() {
      return stoppedAt == null ? Instant.now().plus(offset) : stoppedAt;
    }
  }

  public LocalClock() {
    this(ZoneOffset.UTC);
  }

  private LocalClock(ZoneId zone) {
    this.zone = zone;
  }

  /// Goes on from `instant`.
  public void set(Instant instant) {
    reading.set(new Reading(Duration.between(Instant.now(), instant), null));
  }

  /// Stands still at `instant`.
  public void stopAt(Instant instant) {
    reading.set(new Reading(Duration.ZERO, instant));
  }

  /// Moves forward.
  public void advance(Duration by) {
    reading.updateAndGet(now ->
        now.stoppedAt() == null
            ? new Reading(now.offset().plus(by), null)
            : new Reading(now.offset(), now.stoppedAt().plus(by)));
  }

  /// Goes with the system's clock again.
  public void reset() {
    reading.set(Reading.REAL);
  }

  @Override
  public Instant instant() {
    return reading.get().now();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /// A fixed picture of this clock's present, in another zone.
  @Override
  public Clock withZone(ZoneId other) {
    return Clock.fixed(instant(), other);
  }
}
