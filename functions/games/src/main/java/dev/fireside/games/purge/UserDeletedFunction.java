package dev.fireside.games.purge;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.ProfileReader;

/// Called when a profile was changed; acts when it became a tombstone.
public final class UserDeletedFunction extends FirestoreFunction {
  private final PurgePlayer purgePlayer;

  public UserDeletedFunction() {
    this(Platform.current());
  }

  UserDeletedFunction(Platform platform) {
    super(platform);
    this.purgePlayer = new PurgePlayer(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    Document after = change.after();
    if (after != null
        && Uid.isValid(change.id())
        && ProfileReader.parse(after).status() == AccountStatus.DELETED) {
      purgePlayer.purge(new Uid(change.id()));
    }
  }
}
