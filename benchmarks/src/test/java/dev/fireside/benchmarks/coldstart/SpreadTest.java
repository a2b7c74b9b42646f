package dev.fireside.benchmarks.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMiddleOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(1, 2.5, 4));
  }

  @Test
  void theMiddleOfAnOddNumberIsOneOfThem() {
    assertThat(Spread.of(9, 1, 5).text(1)).isEqualTo("1.0 / 5.0 / 9.0");
  }
}
