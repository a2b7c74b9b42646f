package dev.fireside.accounts;

import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.ids.Uid;

/// Deletes a person's own account. Personal fields go at once, the rest by the event of this write
/// ([PurgePerson]).
final class DeleteAccount {
  private final Profiles profiles;
  private final Accounts accounts;

  DeleteAccount(Profiles profiles, Accounts accounts) {
    this.profiles = profiles;
    this.accounts = accounts;
  }

  void delete(Uid caller) {
    profiles.delete(caller);
    // Last: as long as the token holds, a call that failed can be made again.
    accounts.delete(caller);
  }
}
