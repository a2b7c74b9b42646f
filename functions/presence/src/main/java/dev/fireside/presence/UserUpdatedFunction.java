package dev.fireside.presence;

import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.store.ProfileReader;

/// Called when `users/{uid}` was changed: nobody watches the suspended, and nothing remains of the
/// deleted.
public final class UserUpdatedFunction extends FirestoreFunction {
  private final Stores stores;
  private final RemovePerson removePerson;

  public UserUpdatedFunction() {
    this(Platform.current());
  }

  UserUpdatedFunction(Platform platform) {
    super(platform);
    this.stores = new Stores(platform);
    this.removePerson = new RemovePerson(stores);
  }

  @Override
  protected void on(DocumentChange change) {
    Document after = change.after();
    if (after == null || !Uid.isValid(change.id())) {
      return;
    }
    Profile profile = ProfileReader.parse(after);
    if (profile.isActive()) {
      return;
    }
    // First, so that who asks at this moment learns of it from there.
    boolean kept = stores.profiles().keep(profile.uid(), profile, change.version());
    if (profile.status() == AccountStatus.DELETED) {
      removePerson.remove(profile.uid());
    } else {
      stores.watchers().endAll(profile.uid());
    }
    NotKeptException.unless(kept);
  }
}
