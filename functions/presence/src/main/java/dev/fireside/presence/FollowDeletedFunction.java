package dev.fireside.presence;

import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import java.util.List;

/// Called when somebody follows somebody no longer: whether they still may watch, they ask anew.
public final class FollowDeletedFunction extends FirestoreFunction {
  private final Stores stores;

  public FollowDeletedFunction() {
    this(Platform.current());
  }

  FollowDeletedFunction(Platform platform) {
    super(platform);
    this.stores = new Stores(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    List<Uid> pair = Pairs.of(change);
    Uid from = pair.getFirst();
    Uid to = pair.getLast();
    // First, so that who asks at this moment learns of it from there.
    boolean kept = stores.relations().keepFollow(from, to, false, change.version());
    stores.watchers().end(from, List.of(to));
    NotKeptException.unless(kept);
  }
}
