package dev.fireside.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void tellsExactPercentiles() {
    var latencies = new Latencies();
    for (int i = 10_000; i >= 1; i--) {
      latencies.add(i * 1_000L);
    }
    assertThat(latencies.millis(0.5)).isEqualTo(5);
    assertThat(latencies.millis(0.99)).isEqualTo(9.9);
    assertThat(latencies.millis(1)).isEqualTo(10);
    assertThat(latencies.millis(0)).isEqualTo(0.001);
  }

  @Test
  void addsUp() {
    var all = new Latencies();
    for (int part = 0; part < 5; part++) {
      var one = new Latencies();
      for (int i = 0; i < 3_000; i++) {
        one.add(part * 1_000_000L);
      }
      all.addAll(one);
    }
    assertThat(all.count()).isEqualTo(15_000);
    assertThat(all.millis(0.5)).isEqualTo(2);
    assertThat(all.millis(0.99)).isEqualTo(4);
  }

  @Test
  void knowsNothingWithoutCalls() {
    assertThat(new Latencies().millis(0.5)).isNaN();
  }
}
