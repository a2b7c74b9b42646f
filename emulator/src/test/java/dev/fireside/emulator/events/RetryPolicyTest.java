package dev.fireside.emulator.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final RetryPolicy PRODUCTION =
      new RetryPolicy(
          Duration.ofSeconds(10), Duration.ofMinutes(10), Integer.MAX_VALUE, Duration.ofHours(24));

  @Test
  void pausesDoubleUpToTheLongest() {
    assertThat(PRODUCTION.pauseAfter(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(PRODUCTION.pauseAfter(2)).isEqualTo(Duration.ofSeconds(20));
    assertThat(PRODUCTION.pauseAfter(7)).isEqualTo(Duration.ofMinutes(10));
    assertThat(PRODUCTION.pauseAfter(1_000_000)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void anEventIsGivenUpAfterItsWindowOrItsAttempts() {
    assertThat(PRODUCTION.isOver(1_000, Duration.ofHours(23))).isFalse();
    assertThat(PRODUCTION.isOver(1, Duration.ofHours(24))).isTrue();
    assertThat(RetryPolicy.TEST.isOver(9, Duration.ZERO)).isFalse();
    assertThat(RetryPolicy.TEST.isOver(10, Duration.ZERO)).isTrue();
  }
}
