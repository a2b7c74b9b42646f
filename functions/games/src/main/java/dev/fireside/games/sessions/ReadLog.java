package dev.fireside.games.sessions;

import dev.fireside.games.store.SessionStore;
import dev.fireside.play.domain.GameEvent;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.SessionId;
import dev.fireside.shared.lists.Part;
import java.util.List;

/// Reads the log of a session, for a moderator who wonders how a score came about.
final class ReadLog {
  private final SessionStore sessions;

  ReadLog(SessionStore sessions) {
    this.sessions = sessions;
  }

  /// @param after number of the event after which the log goes on; 0 for the start
  Part<EventView> read(SessionId id, long after, int limit) {
    GameSession session = sessions.find(id).orElseThrow(Problems::noSuchSession);
    List<GameEvent> events = sessions.events(id, after, limit);
    boolean more = !events.isEmpty() && events.getLast().seq() < session.totals().lastSeq();
    return new Part<>(events, more ? Long.toString(events.getLast().seq()) : null)
        .map(event -> EventView.of(event, session.decimals()));
  }
}
