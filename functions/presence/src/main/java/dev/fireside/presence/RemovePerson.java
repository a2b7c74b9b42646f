package dev.fireside.presence;

import dev.fireside.shared.ids.Uid;

/// Removes all that is known of a deleted person's presence; idempotent. What they might listen to
/// ends with their token, and goes within the hour.
final class RemovePerson {
  private final Stores stores;

  RemovePerson(Stores stores) {
    this.stores = stores;
  }

  void remove(Uid uid) {
    stores.settings().delete(uid);
    stores.presence().delete(uid);
    stores.tree().removeAll(uid);
  }
}
