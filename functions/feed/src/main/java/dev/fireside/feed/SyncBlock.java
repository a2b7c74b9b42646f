package dev.fireside.feed;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;

/// Brings two people's timelines in line with whether one has blocked the other: takes each other's
/// posts out, and reposts of them; or, when the block is lifted, has the timelines built anew,
/// since what others reposted is to be seen again. The rules of sight hold at read either way.
final class SyncBlock {
  private final Stores stores;

  SyncBlock(Platform platform) {
    this.stores = Stores.of(platform);
  }

  /// Brings both timelines in line. Throws to be called again.
  void sync(Uid blocker, Uid blocked) {
    Converging.on(
        () -> stores.ties().blocks(blocker, blocked) || stores.ties().blocks(blocked, blocker),
        apart -> {
          if (apart) {
            stores.timelines().removeAuthorAndRefs(blocker, blocked);
            stores.timelines().removeAuthorAndRefs(blocked, blocker);
          } else {
            stores.timelines().drop(blocker);
            stores.timelines().drop(blocked);
          }
        });
  }
}
