package dev.fireside.games.sessions;

import dev.fireside.games.store.SessionStore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import org.jspecify.annotations.Nullable;

/// Lists a player's sessions, newest first.
final class ListSessions {
  private final SessionStore sessions;

  ListSessions(SessionStore sessions) {
    this.sessions = sessions;
  }

  /// @param before id after which the list goes on; null for the start
  Part<GameSession> list(Uid player, @Nullable String before, int limit) {
    return Part.of(
        sessions.byPlayer(player, before, limit + 1), limit, session -> session.id().value());
  }
}
