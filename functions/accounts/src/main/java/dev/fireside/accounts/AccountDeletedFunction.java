package dev.fireside.accounts;

import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.AccountFunction;
import dev.fireside.shared.ids.Uid;

/// Called when an account was deleted in Firebase Auth, by Fireside or by somebody else.
public final class AccountDeletedFunction extends AccountFunction {
  private final FollowAuth followAuth;

  public AccountDeletedFunction() {
    this(Platform.current());
  }

  AccountDeletedFunction(Platform platform) {
    super(platform);
    this.followAuth = new FollowAuth(new Profiles(platform), platform.accounts());
  }

  @Override
  protected void onDeleted(Uid uid) {
    followAuth.remove(uid);
  }
}
