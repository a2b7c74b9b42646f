package dev.fireside.games.sessions;

import dev.fireside.games.store.SessionStore;
import dev.fireside.play.EndSession;
import dev.fireside.play.ScoreFields;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.SessionId;
import dev.fireside.shared.ids.Uid;

/// Finishes a session: its score is checked against the board's rules and submitted, the session
/// ended.
final class FinishSession {
  private final SessionStore sessions;
  private final EndSession endSession;

  FinishSession(SessionStore sessions, EndSession endSession) {
    this.sessions = sessions;
    this.endSession = endSession;
  }

  FinishView finish(Uid player, SessionId id, ScoreFields fields) {
    // Says which board it is about, which never changes.
    GameSession known =
        sessions
            .find(id)
            .filter(session -> session.uid().equals(player))
            .orElseThrow(Problems::noSuchSession);
    EndSession.Ended ended = endSession.end(known.board(), player, id, fields);
    return FinishView.of(ended.session(), ended.reply());
  }
}
