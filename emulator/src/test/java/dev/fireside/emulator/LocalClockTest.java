package dev.fireside.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalClockTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final LocalClock clock = new LocalClock();

  @Test
  void startsAtTheRealTime() {
    Instant before = Instant.now();
    Instant now = clock.instant();

    assertThat(now).isBetween(before, Instant.now());
  }

  @Test
  void goesOnFromWhereItWasSet() {
    clock.set(NOON);
    clock.advance(Duration.ofHours(1));

    Instant first = clock.instant();
    assertThat(first).isBetween(NOON.plus(Duration.ofHours(1)), NOON.plus(Duration.ofHours(2)));
    await().until(() -> clock.instant().isAfter(first));
  }

  @Test
  void standsStillWhenStopped() {
    clock.stopAt(NOON);
    assertThat(clock.instant()).isEqualTo(NOON);

    clock.advance(Duration.ofMinutes(1));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(60));

    clock.reset();
    assertThat(clock.instant()).isAfter(NOON.plus(Duration.ofDays(100)));
  }
}
