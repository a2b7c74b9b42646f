package dev.fireside.games.sessions;

import dev.fireside.games.store.SessionStore;
import java.time.Clock;
import java.time.Instant;

/// Marks sessions that have expired as abandoned. What one run does not reach is left to the next:
/// an expired session takes nothing either way.
final class SweepSessions {
  /// Pages of one run: well within its time.
  private static final int PAGES_MAX = 100;

  private final SessionStore sessions;
  private final Clock clock;

  SweepSessions(SessionStore sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  void sweep() {
    Instant now = clock.instant();
    for (int page = 0; page < PAGES_MAX; page++) {
      if (!sessions.abandonPageExpiredBy(now)) {
        return;
      }
    }
  }
}
