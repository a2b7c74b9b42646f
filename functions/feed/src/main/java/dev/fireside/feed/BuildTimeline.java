package dev.fireside.feed;

import dev.fireside.feed.domain.Slice;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Locks;
import dev.fireside.social.store.RelationReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Builds somebody's timeline anew from those of whom they follow: on their first read, after a
/// week away, and when Redis lost it. It begins with what its reader asks for: more comes by
/// itself, and whoever goes on below finds it there again.
///
/// The order matters, or posts would be missed: first the list is created, so that fan-outs add to
/// it; then the viewer becomes an active follower, so that fan-outs reach them; only then the posts
/// are read.
final class BuildTimeline {
  private static final Duration LOCK_LIFE = Duration.ofSeconds(30);
  private static final int WAITS_MAX = 20;
  private static final Duration WAIT = Duration.ofMillis(50);

  private final Stores stores;
  private final FanIn fanIn;
  private final RelationReader relations;
  private final Locks locks;
  private final Ids ids;

  BuildTimeline(Platform platform, Stores stores) {
    this.stores = stores;
    this.fanIn = new FanIn(platform, stores);
    this.relations = new RelationReader(platform);
    this.locks = new Locks(platform.redis());
    this.ids = platform.ids();
  }

  /// Builds it, or waits a moment for whoever is building it.
  ///
  /// @param count posts that are wanted
  /// @return false when it is not there yet
  boolean build(Uid viewer, int count) {
    Optional<Locks.Held> lock = locks.tryAcquire("timeline:" + viewer, LOCK_LIFE);
    if (lock.isEmpty()) {
      return awaitBuilt(viewer);
    }
    try (Locks.Held _ = lock.get()) {
      return isBuilt(viewer) || buildNow(viewer, count);
    }
  }

  private boolean buildNow(Uid viewer, int count) {
    String token = ids.next();
    stores.timelines().begin(viewer, token);
    List<Uid> following = relations.following(viewer);
    stores.active().join(following, viewer);
    var authors = new ArrayList<>(following);
    authors.add(viewer);
    Slice posts = fanIn.newestOf(authors, null, Math.min(count, stores.listMax() / 2));
    return stores.timelines().finish(viewer, token, posts);
  }

  private boolean awaitBuilt(Uid viewer) {
    for (int i = 0; i < WAITS_MAX; i++) {
      LockSupport.parkNanos(WAIT.toNanos());
      if (isBuilt(viewer)) {
        return true;
      }
    }
    return false;
  }

  private boolean isBuilt(Uid viewer) {
    return stores.timelines().read(viewer, null, 1).isPresent();
  }
}
