package dev.fireside.leaderboards;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.ProfileReader;

/// Called when a profile was changed; acts when it became a tombstone.
public final class UserDeletedFunction extends FirestoreFunction {
  private final PurgeScores purgeScores;

  public UserDeletedFunction() {
    this(Platform.current());
  }

  UserDeletedFunction(Platform platform) {
    super(platform);
    this.purgeScores = new PurgeScores(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    Document after = change.after();
    if (after != null
        && Uid.isValid(change.id())
        && ProfileReader.parse(after).status() == AccountStatus.DELETED) {
      purgeScores.purge(new Uid(change.id()));
    }
  }
}
