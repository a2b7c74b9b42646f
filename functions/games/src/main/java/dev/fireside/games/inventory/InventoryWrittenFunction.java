package dev.fireside.games.inventory;

import dev.fireside.economy.store.Inventories;
import dev.fireside.games.purge.PurgePlayer;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;

/// Called when the head of an inventory was written, once for each operation: outdates what is
/// cached, and removes what was given to somebody who is gone.
public final class InventoryWrittenFunction extends FirestoreFunction {
  private final Inventories inventories;
  private final PurgePlayer purgePlayer;

  public InventoryWrittenFunction() {
    this(Platform.current());
  }

  InventoryWrittenFunction(Platform platform) {
    super(platform);
    this.inventories = new Inventories(platform);
    this.purgePlayer = new PurgePlayer(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    var uid = new Uid(change.part(1));
    Document after = change.after();
    if (after == null) {
      inventories.forget(uid);
      return;
    }
    if (change.before() == null) {
      purgePlayer.purgeIfGone(uid);
    }
    NotKeptException.unless(inventories.moved(uid, after.fields().number("revision")));
  }
}
