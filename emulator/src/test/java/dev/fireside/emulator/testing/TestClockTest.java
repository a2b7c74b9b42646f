package dev.fireside.emulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class TestClockTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final TestClock clock = new TestClock();

  @Test
  void startsAtTheRealTime() {
    assertThat(clock.instant()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
  }

  @Test
  void goesOnFromWhereItWasSet() {
    clock.set(NOON);
    clock.advance(Duration.ofHours(1));

    assertThat(clock.instant())
        .isAfterOrEqualTo(NOON.plus(Duration.ofHours(1)))
        .isCloseTo(NOON.plus(Duration.ofHours(1)), within(5, ChronoUnit.SECONDS));
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
