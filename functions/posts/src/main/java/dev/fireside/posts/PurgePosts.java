package dev.fireside.posts;

import dev.fireside.posts.store.PurgeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Removes deleted posts for good, with all below them. What one run does not reach is left to the
/// next.
final class PurgePosts {
  /// Pages of one run: well within its time.
  private static final int PAGES_MAX = 50;

  private final PurgeStore store;
  private final Clock clock;
  private final Duration kept;

  PurgePosts(PurgeStore store, Clock clock, Duration kept) {
    this.store = store;
    this.clock = clock;
    this.kept = kept;
  }

  void purge() {
    Instant before = clock.instant().minus(kept);
    for (int page = 0; page < PAGES_MAX; page++) {
      if (!store.purgePageDeletedBefore(before)) {
        return;
      }
    }
  }
}
