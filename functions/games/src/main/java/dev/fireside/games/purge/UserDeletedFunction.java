package dev.fireside.games.purge;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.PersonDeletedFunction;

/// Has removed what a deleted person leaves behind here.
public final class UserDeletedFunction extends PersonDeletedFunction {
  private final PurgePlayer purgePlayer;

  public UserDeletedFunction() {
    this(Platform.current());
  }

  UserDeletedFunction(Platform platform) {
    super(platform);
    this.purgePlayer = new PurgePlayer(platform);
  }

  @Override
  protected void onDeleted(Uid uid) {
    purgePlayer.purge(uid);
  }
}
