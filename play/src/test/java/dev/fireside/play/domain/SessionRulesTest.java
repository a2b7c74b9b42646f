package dev.fireside.play.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionRulesTest {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  private static final long LARGEST = (1L << 53) - 1;

  @Test
  void believesEverythingWithoutRules() {
    assertThat(SessionRules.NONE.objection(session(0, 0), LARGEST, START)).isEmpty();
  }

  @Test
  void asksForTime() {
    var rules = new SessionRules(30, 60, null, 0, false);
    assertThat(rules.objection(session(0, 0), 1, START.plusMillis(29_999)))
        .contains(Implausible.TOO_SHORT);
    assertThat(rules.objection(session(0, 0), 1, START.plusSeconds(30))).isEmpty();
    assertThat(rules.objection(session(0, 0), 1, START.minusSeconds(90)))
        .contains(Implausible.TOO_SHORT);
  }

  @Test
  void asksForEvents() {
    var rules = new SessionRules(0, 60, null, 3, false);
    assertThat(rules.objection(session(2, 0), 1, START)).contains(Implausible.TOO_FEW_EVENTS);
    assertThat(rules.objection(session(3, 0), 1, START)).isEmpty();
  }

  @Test
  void countsPointsPerSecondToTheMillisecond() {
    var rules = new SessionRules(0, 600, 10L, 0, false);
    assertThat(rules.objection(session(0, 0), 100, START.plusSeconds(10))).isEmpty();
    assertThat(rules.objection(session(0, 0), 101, START.plusSeconds(10)))
        .contains(Implausible.TOO_FAST);
    assertThat(rules.objection(session(0, 0), 100, START.plusMillis(9_999)))
        .contains(Implausible.TOO_FAST);
    assertThat(rules.objection(session(0, 0), -101, START.plusSeconds(10)))
        .contains(Implausible.TOO_FAST);
    assertThat(rules.objection(session(0, 0), 0, START)).isEmpty();
    assertThat(rules.objection(session(0, 0), LARGEST, START)).contains(Implausible.TOO_FAST);
    assertThat(rules.objection(session(0, 0), -LARGEST, START)).contains(Implausible.TOO_FAST);
  }

  @Test
  void addsUpTheEvents() {
    var rules = new SessionRules(0, 60, null, 0, true);
    assertThat(rules.objection(session(3, 41), 42, START)).contains(Implausible.NOT_THE_SUM);
    assertThat(rules.objection(session(3, 42), 42, START)).isEmpty();
  }

  @Test
  void refusesRulesThatNothingCanMeet() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionRules(60, 60, null, 0, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionRules(0, 86_401, null, 0, false));
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionRules(0, 60, -1L, 0, false));
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionRules(0, 60, null, -1, false));
  }

  private static GameSession session(long events, long points) {
    return new GameSession(
        new SessionId("01JD6V8Q3ZC5T4X9N2M7B1K0HA"),
        new Uid("ann"),
        new BoardId("arena"),
        0,
        "0123456789abcdef",
        null,
        SessionState.OPEN,
        START,
        START.plusSeconds(600),
        new EventTotals(events, events, 0, points, 0),
        null,
        null,
        null);
  }
}
