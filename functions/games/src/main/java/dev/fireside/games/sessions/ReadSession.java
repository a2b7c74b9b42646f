package dev.fireside.games.sessions;

import dev.fireside.games.store.SessionStore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.SessionId;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.auth.Role;
import java.util.Optional;

/// Finds a session for its player or a moderator.
final class ReadSession {
  private final SessionStore sessions;

  ReadSession(SessionStore sessions) {
    this.sessions = sessions;
  }

  /// Empty where there is none, and for a caller who may not know of it.
  Optional<GameSession> read(Principal caller, SessionId id) {
    return sessions
        .find(id)
        .filter(session -> session.uid().equals(caller.uid()) || caller.has(Role.MODERATOR));
  }
}
