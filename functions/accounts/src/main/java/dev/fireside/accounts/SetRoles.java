package dev.fireside.accounts;

import dev.fireside.accounts.domain.Rank;
import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.util.Set;

/// Sets the roles of an account.
final class SetRoles {
  private final Accounts accounts;

  SetRoles(Accounts accounts) {
    this.accounts = accounts;
  }

  /// Signs the person out unless roles were only added: tokens made before would keep the old ones.
  /// So does setting the same roles again, since the first attempt may have died before it did.
  void set(Uid caller, Uid uid, Set<Role> roles) {
    Set<Role> before = accounts.roles(uid).orElseThrow(Problems::noSuchUser);
    if (caller.equals(uid) && !roles.contains(Role.ADMIN)) {
      throw ProblemException.conflict(
          Reason.OWN_ROLE, "You cannot take your own admin role; another admin can");
    }
    accounts.setRoles(uid, roles);
    if (!Rank.onlyAdds(before, roles)) {
      accounts.revokeTokens(uid);
    }
  }
}
