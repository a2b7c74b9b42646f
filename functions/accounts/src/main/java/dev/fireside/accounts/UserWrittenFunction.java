package dev.fireside.accounts;

import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// Called when a profile was written.
public final class UserWrittenFunction extends FirestoreFunction {
  private final HealProfile healProfile;

  public UserWrittenFunction() {
    this(Platform.current());
  }

  UserWrittenFunction(Platform platform) {
    super(platform);
    var profiles = new Profiles(platform);
    this.healProfile = new HealProfile(profiles, new AlignAuth(profiles, platform.accounts()));
  }

  @Override
  protected void on(DocumentChange change) {
    healProfile.heal(change);
  }
}
