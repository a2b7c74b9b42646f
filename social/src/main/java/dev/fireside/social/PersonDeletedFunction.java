package dev.fireside.social;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.ProfileReader;

/// Called when `users/{uid}` was changed; acts when the profile became a tombstone.
public abstract class PersonDeletedFunction extends FirestoreFunction {
  protected PersonDeletedFunction(Platform platform) {
    super(platform);
  }

  /// Removes what a deleted person leaves behind; idempotent. Throws to be called again.
  protected abstract void onDeleted(Uid uid);

  @Override
  protected final void on(DocumentChange change) {
    Document after = change.after();
    if (after != null
        && Uid.isValid(change.id())
        && ProfileReader.parse(after).status() == AccountStatus.DELETED) {
      onDeleted(new Uid(change.id()));
    }
  }
}
