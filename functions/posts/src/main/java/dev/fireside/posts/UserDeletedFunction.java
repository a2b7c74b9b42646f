package dev.fireside.posts;

import dev.fireside.posts.store.PurgeStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.PersonDeletedFunction;

/// Has removed what a deleted person leaves behind here.
public final class UserDeletedFunction extends PersonDeletedFunction {
  private final PurgePerson purgePerson;

  public UserDeletedFunction() {
    this(Platform.current());
  }

  UserDeletedFunction(Platform platform) {
    super(platform);
    this.purgePerson = new PurgePerson(new PurgeStore(platform), platform.topics());
  }

  @Override
  protected void onDeleted(Uid uid) {
    purgePerson.purge(uid);
  }
}
