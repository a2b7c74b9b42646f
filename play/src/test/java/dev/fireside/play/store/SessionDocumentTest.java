package dev.fireside.play.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.EventTotals;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.Implausible;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionState;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionDocumentTest {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  private static final GameSession OPEN =
      new GameSession(
          new SessionId("01JD6V8Q3ZC5T4X9N2M7B1K0HA"),
          new Uid("ann"),
          new BoardId("arena"),
          2,
          "0123456789abcdef",
          "SE",
          SessionState.OPEN,
          START,
          START.plusSeconds(600),
          new EventTotals(7, 7, 512, 1250, 59_000),
          null,
          null,
          null);

  @Test
  void readsWhatItWrites() {
    var score = new FinalScore(1250, -3, "{\"level\":7}");
    assertThat(again(OPEN)).isEqualTo(OPEN);
    assertThat(again(OPEN.finished(score, START.plusSeconds(60))))
        .isEqualTo(OPEN.finished(score, START.plusSeconds(60)));
    var rejected = OPEN.rejected(new FinalScore(0, 0, null), Implausible.NOT_THE_SUM, START);
    assertThat(again(rejected)).isEqualTo(rejected);
    assertThat(again(OPEN.abandoned(START))).isEqualTo(OPEN.abandoned(START));
  }

  @Test
  void putsTheRandomPartOfTheNameFirstAndSaysWhenToRemoveIt() {
    assertThat(SessionDocument.path(OPEN.id())).isEqualTo("games/C5T4X9N2M7B1K0HA01JD6V8Q3Z");
    assertThat(SessionDocument.fields(OPEN))
        .containsEntry("deleteAt", START.plus(Duration.ofDays(7)))
        .containsEntry("state", "open")
        .doesNotContainKeys("score", "rejection", "endedAt");
  }

  private static GameSession again(GameSession session) {
    return SessionDocument.parse(
        Document.of(
            SessionDocument.path(session.id()), SessionDocument.fields(session), Instant.EPOCH));
  }
}
