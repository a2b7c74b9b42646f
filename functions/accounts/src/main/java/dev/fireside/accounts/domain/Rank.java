package dev.fireside.accounts.domain;

import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.auth.Role;
import java.util.Set;

/// Who may act on whom.
public final class Rank {
  private Rank() {}

  /// Whether the caller may suspend somebody with these roles: only admins may touch those who hold
  /// one.
  public static boolean maySuspend(Principal caller, Set<Role> targetRoles) {
    return caller.roles().contains(Role.ADMIN)
        || (caller.has(Role.MODERATOR) && targetRoles.isEmpty());
  }

  /// Whether new roles take nothing away. Tokens that say too little may live on, those that say
  /// too much may not.
  public static boolean onlyAdds(Set<Role> before, Set<Role> after) {
    return after.size() > before.size() && after.containsAll(before);
  }
}
