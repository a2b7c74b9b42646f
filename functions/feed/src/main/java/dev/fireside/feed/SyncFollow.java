package dev.fireside.feed;

import dev.fireside.feed.domain.Slice;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import java.util.List;
import java.util.Optional;

/// Brings a follower's timeline in line with whether they follow somebody now: fills in the
/// author's newest posts, or takes them out.
///
/// What the event says does not matter, only the present state; and whoever acts reads it again
/// afterwards. So the last one to act has seen the latest state, in whatever order events come.
final class SyncFollow {
  private static final int FAR_SHARE = 4;

  private final Stores stores;

  SyncFollow(Platform platform) {
    this.stores = Stores.of(platform);
  }

  /// Brings the timeline in line. Throws to be called again.
  void sync(Uid follower, Uid followee) {
    Converging.on(
        () -> stores.ties().follows(follower, followee),
        following -> {
          if (following) {
            backfill(follower, followee);
          } else {
            remove(follower, followee);
          }
        });
  }

  private void backfill(Uid follower, Uid followee) {
    if (!stores.timelines().exist(List.of(follower)).getFirst()) {
      // It will be built from Firestore, with these posts in it.
      return;
    }
    // First known to fan-outs, then looked what was posted before: nothing falls in between.
    stores.active().join(List.of(followee), follower);
    Optional<Slice> outbox = stores.outboxes().read(followee, null, stores.ofOneAuthorMax());
    // One that does not go far would hide what the timeline holds below it.
    Slice posts =
        outbox
            .filter(slice -> slice.floor() == null || goesFar(slice))
            .orElseGet(() -> stores.posts().newestOf(followee, stores.ofOneAuthorMax()));
    stores.timelines().merge(List.of(follower), posts);
  }

  private boolean goesFar(Slice outbox) {
    return outbox.entries().size() >= stores.ofOneAuthorMax() / FAR_SHARE;
  }

  private void remove(Uid follower, Uid followee) {
    stores.active().leave(followee, follower);
    stores.timelines().removeAuthor(follower, followee);
  }
}
