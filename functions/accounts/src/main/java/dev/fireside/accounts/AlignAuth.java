package dev.fireside.accounts;

import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Profile;
import java.util.Optional;

/// Brings an account in Firebase Auth in line with the status of its profile.
final class AlignAuth {
  private final Profiles profiles;
  private final Accounts accounts;

  AlignAuth(Profiles profiles, Accounts accounts) {
    this.profiles = profiles;
    this.accounts = accounts;
  }

  /// Goes by the profile as it is now and looks again afterwards: of several at once, whoever acts
  /// last has seen the last status.
  void align(Uid uid) {
    Optional<AccountStatus> status = status(uid);
    while (status.isPresent()) {
      switch (status.get()) {
        case ACTIVE -> accounts.setDisabled(uid, false);
        case SUSPENDED -> accounts.setDisabled(uid, true);
        case DELETED -> accounts.delete(uid);
      }
      Optional<AccountStatus> after = status(uid);
      if (after.equals(status)) {
        return;
      }
      status = after;
    }
  }

  private Optional<AccountStatus> status(Uid uid) {
    return profiles.refresh(uid).map(Profile::status);
  }
}
