package dev.fireside.shared.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BucketTest {
  private static final Budget TEN = new Budget("ten", 10, Duration.ofMinutes(10));
  private static final long NOON = 1_767_268_800_000L;

  @Test
  void forgetsCallsSteadily() {
    Bucket two = Bucket.empty(NOON).plusCall().plusCall();

    assertThat(two.at(NOON + 30_000, TEN).used()).isEqualTo(1_500_000);
    assertThat(two.at(NOON + 60_000, TEN).used()).isEqualTo(1_000_000);
    assertThat(two.at(NOON + 3_600_000, TEN).used()).isZero();
  }

  @Test
  void aClockThatIsBehindForgetsNothing() {
    Bucket one = Bucket.empty(NOON).plusCall();

    assertThat(one.at(NOON - 60_000, TEN)).isEqualTo(one);
  }

  @Test
  void hasRoomForAsManyCallsAsTheBudgetAllows() {
    Bucket bucket = Bucket.empty(NOON);
    for (int i = 0; i < 10; i++) {
      assertThat(bucket.hasRoom(TEN)).isTrue();
      bucket = bucket.plusCall();
    }
    assertThat(bucket.hasRoom(TEN)).isFalse();
    assertThat(bucket.hasRoom(new Budget("ten", 11, TEN.per()))).isTrue();
  }

  @Test
  void saysWhatIsLeftAndWhenThereIsMore() {
    Bucket full = new Bucket(10 * Bucket.CALL, NOON);

    assertThat(full.decision(false, TEN)).isEqualTo(new Decision(false, TEN, 0, 600, 60));
    assertThat(full.at(NOON + 15_000, TEN).decision(false, TEN))
        .isEqualTo(new Decision(false, TEN, 0, 585, 45));
    assertThat(Bucket.empty(NOON).plusCall().decision(true, TEN))
        .isEqualTo(new Decision(true, TEN, 9, 60, 0));
  }

  @Test
  void ofALoweredBudgetNothingIsLeft() {
    var five = new Budget("ten", 5, TEN.per());

    assertThat(new Bucket(8 * Bucket.CALL, NOON).decision(false, five))
        .isEqualTo(new Decision(false, five, 0, 960, 480));
  }
}
