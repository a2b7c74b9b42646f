package dev.fireside.chat;

import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.ProfileReader;

/// Called when a person was changed; acts where they were suspended, pardoned or deleted.
public final class UserUpdatedFunction extends FirestoreFunction {
  private final FollowPerson followPerson;

  public UserUpdatedFunction() {
    this(Platform.current());
  }

  UserUpdatedFunction(Platform platform) {
    super(platform);
    this.followPerson = new FollowPerson(platform, Stores.of(platform));
  }

  @Override
  protected void on(DocumentChange change) {
    Document before = change.before();
    Document after = change.after();
    if (before == null || after == null || !Uid.isValid(change.id())) {
      return;
    }
    AccountStatus status = ProfileReader.parse(after).status();
    if (status != ProfileReader.parse(before).status() || status == AccountStatus.DELETED) {
      followPerson.on(new Uid(change.id()), status);
    }
  }
}
