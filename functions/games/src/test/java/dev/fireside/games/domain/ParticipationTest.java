package dev.fireside.games.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.economy.domain.Asset;
import dev.fireside.games.domain.Participation.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ParticipationTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static Participation counted(Outcome outcome) {
    return ((Outcome.Counted) outcome).after();
  }

  private static Outcome report(Participation before, String key, long more, long limit) {
    return before.report(key, NOW.plusSeconds(60), more, limit, NOW);
  }

  @Test
  void countsAKeyOnceUntilItIsForgotten() {
    var first = counted(report(Participation.begun(NOW), "k", 5, 100));

    assertThat(report(first, "k", 5, 100)).isEqualTo(new Outcome.Repeated());
    assertThat(report(first, "k", 6, 100)).isEqualTo(new Outcome.Reused());
    assertThat(counted(report(first, "other", 5, 100)).points()).isEqualTo(10);
    Instant later = NOW.plusSeconds(60);
    assertThat(counted(first.report("k", later.plusSeconds(60), 5, 100, later)).points())
        .isEqualTo(10);
  }

  @Test
  void goesUpToTheLimitAndNeverOver() {
    var near = counted(report(Participation.begun(NOW), "a", 99, 100));

    assertThat(report(near, "b", 2, 100)).isEqualTo(new Outcome.OverLimit(100));
    assertThat(report(near, "b", Asset.AMOUNT_MAX, Long.MAX_VALUE))
        .isEqualTo(new Outcome.OverLimit(Asset.AMOUNT_MAX));
    assertThat(counted(report(near, "b", 1, 100)).points()).isEqualTo(100);
  }

  @Test
  void remembersOnlySoManyReportsAndForgetsTheFirstFirst() {
    var participation = Participation.begun(NOW);
    for (int i = 0; i <= Participation.REPORTS_MAX; i++) {
      Instant until = NOW.plusSeconds(60 + i);
      participation = counted(participation.report("k" + i, until, 1, 10_000, NOW));
    }

    assertThat(participation.points()).isEqualTo(Participation.REPORTS_MAX + 1);
    assertThat(participation.reports())
        .hasSize(Participation.REPORTS_MAX)
        .doesNotContainKey("k0")
        .containsKey("k1");
    Instant later = NOW.plusSeconds(3_600);
    assertThat(counted(participation.report("k", later, 1, 10_000, later)).reports()).hasSize(1);
  }
}
