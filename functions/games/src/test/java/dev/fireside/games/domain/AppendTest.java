package dev.fireside.games.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.EventTotals;
import dev.fireside.play.domain.GameEvent;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionState;
import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AppendTest {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  private static final Instant NOW = START.plusSeconds(10);

  @Test
  void goesOnFromTheLatestEvent() {
    var totals = new EventTotals(2, 2, 100, 30, 5_000);
    assertThat(append(totals, event(3, 5_000, 5L), event(4, 6_000, null)))
        .isEqualTo(
            new Append.Fresh(
                List.of(event(3, 5_000, 5L), event(4, 6_000, null)),
                0,
                new EventTotals(4, 4, 100, 35, 6_000)));
  }

  @Test
  void dropsWhatItKnows() {
    var totals = new EventTotals(2, 2, 100, 30, 5_000);
    assertThat(append(totals, event(1, 0, 9L), event(2, 0, 9L)))
        .isEqualTo(new Append.Known(2, totals));
    assertThat(append(totals, event(2, 0, 9L), event(3, 7_000, 5L)))
        .isEqualTo(
            new Append.Fresh(
                List.of(event(3, 7_000, 5L)), 1, new EventTotals(3, 3, 100, 35, 7_000)));
  }

  @Test
  void noticesGaps() {
    assertThat(append(EventTotals.NONE, event(2, 0, null))).isEqualTo(new Append.Gap(1));
    assertThat(append(new EventTotals(2, 2, 0, 0, 0), event(4, 0, null)))
        .isEqualTo(new Append.Gap(3));
  }

  @Test
  void refusesToGoBackInTime() {
    var totals = new EventTotals(1, 1, 100, 0, 5_000);
    assertThat(append(totals, event(1, 0, null), event(2, 4_999, null)))
        .isEqualTo(new Append.Wrong(1, "at", "must not be before the event before, 5000"));
  }

  @Test
  void refusesWhatIsStillToCome() {
    assertThat(append(EventTotals.NONE, event(1, 12_000, null))).isInstanceOf(Append.Fresh.class);
    assertThat(append(EventTotals.NONE, event(1, 0, null), event(2, 12_001, null)))
        .isInstanceOfSatisfying(
            Append.Wrong.class,
            wrong -> {
              assertThat(wrong.index()).isOne();
              assertThat(wrong.field()).isEqualTo("at");
            });
  }

  @Test
  void refusesSumsThatNoScoreCanHave() {
    var totals = new EventTotals(1, 1, 0, Ranking.UNITS_MAX, 0);
    assertThat(append(totals, event(2, 0, -1L), event(3, 0, 1L))).isInstanceOf(Append.Fresh.class);
    assertThat(append(totals, event(2, 0, 1L)))
        .isInstanceOfSatisfying(
            Append.Wrong.class, wrong -> assertThat(wrong.field()).isEqualTo("points"));
    assertThat(
            append(
                EventTotals.NONE,
                event(1, 0, -Ranking.UNITS_MAX),
                event(2, 0, -Ranking.UNITS_MAX),
                event(3, 0, Ranking.UNITS_MAX)))
        .isInstanceOfSatisfying(Append.Wrong.class, wrong -> assertThat(wrong.index()).isOne());
  }

  private static Append append(EventTotals totals, GameEvent... events) {
    var session =
        new GameSession(
            new SessionId("01JD6V8Q3ZC5T4X9N2M7B1K0HA"),
            new Uid("ann"),
            new BoardId("arena"),
            0,
            "0123456789abcdef",
            null,
            SessionState.OPEN,
            START,
            START.plusSeconds(600),
            totals,
            null,
            null,
            null);
    return Append.of(session, List.of(events), NOW);
  }

  private static GameEvent event(long seq, long at, @Nullable Long points) {
    return new GameEvent(seq, at, "kill", points, null);
  }
}
