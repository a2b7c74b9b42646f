package dev.fireside.games.sessions;

import dev.fireside.games.store.SessionStore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.shared.ids.Uid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists a player's sessions, newest first.
final class ListSessions {
  private final SessionStore sessions;

  ListSessions(SessionStore sessions) {
    this.sessions = sessions;
  }

  /// One part of the list.
  ///
  /// @param next id after which the list goes on; null at its end
  record Part(List<GameSession> sessions, @Nullable String next) {}

  /// @param before id after which the list goes on; null for the start
  Part list(Uid player, @Nullable String before, int limit) {
    // One more than asked for shows whether there is another page.
    List<GameSession> found = sessions.byPlayer(player, before, limit + 1);
    if (found.size() <= limit) {
      return new Part(found, null);
    }
    List<GameSession> page = found.subList(0, limit);
    return new Part(page, page.getLast().id().value());
  }
}
