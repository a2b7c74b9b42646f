package dev.fireside.games.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.economy.domain.Asset;
import dev.fireside.games.domain.Participation.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ParticipationTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static Participation counted(Outcome outcome) {
    return ((Outcome.Counted) outcome).after();
  }

  @Test
  void countsAKeyOnceForADay() {
    var first = counted(Participation.begun(NOW).report("k", 5, 100, NOW));

    assertThat(first.report("k", 5, 100, NOW)).isEqualTo(new Outcome.Repeated());
    assertThat(first.report("k", 6, 100, NOW)).isEqualTo(new Outcome.Reused());
    assertThat(counted(first.report("", 5, 100, NOW)).points()).isEqualTo(10);
    Instant tomorrow = NOW.plus(Participation.REPORT_KEPT);
    assertThat(counted(first.report("k", 5, 100, tomorrow)).points()).isEqualTo(10);
  }

  @Test
  void goesUpToTheLimitAndNeverOver() {
    var near = counted(Participation.begun(NOW).report("", 99, 100, NOW));

    assertThat(near.report("", 2, 100, NOW)).isEqualTo(new Outcome.OverLimit(100));
    assertThat(near.report("", Asset.AMOUNT_MAX, Long.MAX_VALUE, NOW))
        .isEqualTo(new Outcome.OverLimit(Asset.AMOUNT_MAX));
    assertThat(counted(near.report("", 1, 100, NOW)).points()).isEqualTo(100);
  }

  @Test
  void remembersOnlySoManyReportsAndForgetsOldOnes() {
    var participation = Participation.begun(NOW);
    for (int i = 0; i < Participation.REPORTS_MAX; i++) {
      participation = counted(participation.report("k" + i, 1, 10_000, NOW));
    }

    assertThat(participation.report("more", 1, 10_000, NOW)).isEqualTo(new Outcome.TooMany());
    Instant later = NOW.plus(Participation.REPORT_KEPT).plus(Duration.ofSeconds(1));
    assertThat(counted(participation.report("more", 1, 10_000, later)).reports()).hasSize(1);
  }
}
