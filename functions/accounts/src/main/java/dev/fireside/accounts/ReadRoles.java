package dev.fireside.accounts;

import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Uid;
import java.util.Set;

/// Reads the roles an account has now, whatever its tokens say.
final class ReadRoles {
  private final Accounts accounts;

  ReadRoles(Accounts accounts) {
    this.accounts = accounts;
  }

  Set<Role> read(Uid uid) {
    return accounts.roles(uid).orElseThrow(Problems::noSuchUser);
  }
}
