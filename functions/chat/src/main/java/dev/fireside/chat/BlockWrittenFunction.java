package dev.fireside.chat;

import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.events.PoisonEventException;
import dev.fireside.shared.ids.Uid;

/// Called when somebody blocked somebody, or ended that.
public final class BlockWrittenFunction extends FirestoreFunction {
  private final SyncBlock syncBlock;

  public BlockWrittenFunction() {
    this(Platform.current());
  }

  BlockWrittenFunction(Platform platform) {
    super(platform);
    this.syncBlock = new SyncBlock(platform, Stores.of(platform));
  }

  @Override
  protected void on(DocumentChange change) {
    String[] pair = change.id().split(":", -1);
    if (pair.length != 2 || !Uid.isValid(pair[0]) || !Uid.isValid(pair[1])) {
      throw new PoisonEventException(change.path() + " does not name two people");
    }
    syncBlock.sync(new Uid(pair[0]), new Uid(pair[1]));
  }
}
