package dev.fireside.leaderboards;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.PersonDeletedFunction;

/// Has removed what a deleted person leaves behind here.
public final class UserDeletedFunction extends PersonDeletedFunction {
  private final PurgeScores purgeScores;

  public UserDeletedFunction() {
    this(Platform.current());
  }

  UserDeletedFunction(Platform platform) {
    super(platform);
    this.purgeScores = new PurgeScores(platform);
  }

  @Override
  protected void onDeleted(Uid uid) {
    purgeScores.purge(uid);
  }
}
