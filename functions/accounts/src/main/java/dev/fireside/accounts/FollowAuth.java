package dev.fireside.accounts;

import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.ids.Uid;

/// Removes the profile of a person whose account was deleted in Firebase Auth itself, as
/// [DeleteAccount] does it for the person.
final class FollowAuth {
  private final Profiles profiles;
  private final Accounts accounts;

  FollowAuth(Profiles profiles, Accounts accounts) {
    this.profiles = profiles;
    this.accounts = accounts;
  }

  void remove(Uid uid) {
    // An event may come late, when there is an account of this id again.
    if (accounts.roles(uid).isEmpty()) {
      profiles.delete(uid);
    }
  }
}
