package dev.fireside.feed;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// A follow was made or ended: the follower's timeline is brought in line.
public final class FollowWrittenFunction extends FirestoreFunction {
  private final SyncFollow syncFollow;

  public FollowWrittenFunction() {
    this(Platform.current());
  }

  FollowWrittenFunction(Platform platform) {
    super(platform);
    this.syncFollow = new SyncFollow(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    Pair pair = Pair.of(change);
    syncFollow.sync(pair.first(), pair.second());
  }
}
