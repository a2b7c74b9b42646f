package dev.fireside.presence;

import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import java.util.List;

/// Called when somebody blocked somebody: neither watches the other any more.
public final class BlockCreatedFunction extends FirestoreFunction {
  private final Stores stores;

  public BlockCreatedFunction() {
    this(Platform.current());
  }

  BlockCreatedFunction(Platform platform) {
    super(platform);
    this.stores = new Stores(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    List<Uid> pair = Pairs.of(change);
    Uid from = pair.getFirst();
    Uid to = pair.getLast();
    // First, so that who asks at this moment learns of it from there.
    boolean kept = stores.relations().keepBlock(from, to, true, change.version());
    stores.watchers().end(from, List.of(to));
    stores.watchers().end(to, List.of(from));
    NotKeptException.unless(kept);
  }
}
