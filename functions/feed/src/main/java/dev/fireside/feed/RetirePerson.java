package dev.fireside.feed;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;

/// Forgets what is kept in Redis about somebody who was suspended or deleted. Their posts are left
/// out of others' feeds at read; should they come back, everything is built anew.
final class RetirePerson {
  private final Stores stores;

  RetirePerson(Platform platform) {
    this.stores = Stores.of(platform);
  }

  /// Forgets it. Throws while Redis is away.
  void retire(Uid uid) {
    stores.timelines().drop(uid);
    stores.outboxes().drop(uid);
    stores.active().drop(uid);
  }
}
