package dev.fireside.feed.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.feed.domain.FanOutState.Mode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FanOutStateTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  @Test
  void pushesUnlessSaidOtherwise() {
    assertThat(FanOutState.DEFAULT.pushes(NOW)).isTrue();
  }

  @Test
  void stillPushesUntilEveryReaderHasHeardOfThePull() {
    var state = new FanOutState(Mode.PULL, NOW, null);

    assertThat(state.pushes(NOW.plus(FanOutState.GRACE).minusMillis(1))).isTrue();
    assertThat(state.pushes(NOW.plus(FanOutState.GRACE))).isFalse();
  }

  @Test
  void pushesAgainOnTheWayBack() {
    var state = new FanOutState(Mode.PULL, NOW.minusSeconds(3_600), NOW);

    assertThat(state.pushes(NOW)).isTrue();
  }

  @Test
  void doesNotSwitchToAndFroAroundTheThreshold() {
    assertThat(FanOutState.isTooLarge(100, 100)).isFalse();
    assertThat(FanOutState.isTooLarge(101, 100)).isTrue();
    assertThat(FanOutState.isSmallAgain(80, 100)).isFalse();
    assertThat(FanOutState.isSmallAgain(79, 100)).isTrue();
  }
}
