package dev.fireside.payouts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final int VECTORS = 100_000;

  @Test
  void addsUpToThePoolForAHundredThousandRandomVectors() {
    Random random = new Random(7);
    for (int i = 0; i < VECTORS; i++) {
      long pool = amount(random);
      Map<String, Long> weights = weights(random, 1 + random.nextInt(24));
      Split split = Split.of(pool, weights);
      long sum = split.shares().values().stream().mapToLong(Long::longValue).sum();
      assertThat(sum + split.rest()).isEqualTo(pool);
      boolean someWeight = weights.values().stream().anyMatch(weight -> weight > 0);
      assertThat(split.rest()).isEqualTo(someWeight ? 0 : pool);
      weights.forEach((name, weight) -> {
        if (weight == 0) {
          assertThat(split.shares().get(name)).isZero();
        }
      });
    }
  }

  @Test
  void statementsAddUpToBothPoolsForAHundredThousandRandomVectors() {
    Random random = new Random(11);
    for (int i = 0; i < VECTORS; i++) {
      var run =
          new PayoutRun(
              "p",
              "EUR",
              random.nextInt(1_000_000),
              random.nextInt(1_000_000),
              random.nextInt(PayoutRun.WHOLE + 1),
              1,
              Duration.ZERO,
              Duration.ZERO);
      Map<String, Long> seconds = weights(random, 1 + random.nextInt(12));
      Map<String, Long> gifts = weights(random, 1 + random.nextInt(12));
      seconds.put("always", 1L);
      gifts.put("always", 1L);
      long sum = 0;
      for (Share share : Share.of(run, seconds, gifts)) {
        sum += share.earned();
        long reserve = run.reserveOf(share.earned());
        assertThat(reserve).isBetween(0L, share.earned());
      }
      assertThat(sum).isEqualTo(run.pool());
    }
  }

  @Test
  void givesNobodyMoreThanOneUnitBesideTheirExactShare() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      long pool = random.nextInt(100_000);
      Map<String, Long> weights = weights(random, 10);
      weights.replaceAll((_, weight) -> weight % 1_000);
      long total = weights.values().stream().mapToLong(Long::longValue).sum();
      Split.of(pool, weights)
          .shares()
          .forEach((name, share) -> {
            if (total > 0) {
              long floor = pool * weights.getOrDefault(name, 0L) / total;
              assertThat(share).isBetween(floor, floor + 1);
            }
          });
    }
  }

  @Test
  void givesWhatIsLeftToThoseWhoLostMost() {
    assertThat(Split.of(100, Map.of("a", 1L, "b", 1L, "c", 1L)).shares())
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 34L, "b", 33L, "c", 33L));
    assertThat(Split.of(10, Map.of("a", 5L, "b", 3L, "c", 7L)).shares())
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 3L, "b", 2L, "c", 5L));
  }

  @Test
  void doesNotOverflow() {
    Split split = Split.of(Long.MAX_VALUE, Map.of("a", Long.MAX_VALUE, "b", Long.MAX_VALUE));
    assertThat(split.shares().get("a")).isEqualTo(Long.MAX_VALUE / 2 + 1);
    assertThat(split.shares().get("b")).isEqualTo(Long.MAX_VALUE / 2);
  }

  @Test
  void leavesThePoolWhereNobodyHasAWeight() {
    assertThat(Split.of(7, Map.of("a", 0L)).rest()).isEqualTo(7);
    assertThat(Split.of(7, Map.of()).rest()).isEqualTo(7);
    assertThat(Split.of(0, Map.of("a", 1L)).shares()).containsExactly(Map.entry("a", 0L));
  }

  @Test
  void refusesNegativeNumbers() {
    assertThatThrownBy(() -> Split.of(-1, Map.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Split.of(1, Map.of("a", -1L)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long amount(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> random.nextInt(100);
      case 2 -> Long.MAX_VALUE;
      default -> random.nextLong(1, 1_000_000_000_000L);
    };
  }

  private static Map<String, Long> weights(Random random, int count) {
    var weights = new HashMap<String, Long>();
    for (int i = 0; i < count; i++) {
      weights.put(
          "c" + i,
          switch (random.nextInt(4)) {
            case 0 -> 0L;
            case 1 -> (long) random.nextInt(10);
            case 2 -> random.nextLong(Long.MAX_VALUE);
            default -> random.nextLong(10_000_000);
          });
    }
    return weights;
  }
}
