package dev.fireside.accounts;

import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.ids.Uid;

/// Signs a person out everywhere.
final class SignOut {
  private final Accounts accounts;

  SignOut(Accounts accounts) {
    this.accounts = accounts;
  }

  void signOut(Uid uid) {
    if (accounts.roles(uid).isEmpty()) {
      throw Problems.noSuchUser();
    }
    accounts.revokeTokens(uid);
  }
}
