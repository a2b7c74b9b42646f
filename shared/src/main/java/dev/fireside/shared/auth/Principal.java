package dev.fireside.shared.auth;

import dev.fireside.shared.ids.Uid;
import java.util.Set;

/// Who calls: what a verified token says.
///
/// @param uid the person
/// @param roles their roles when the token was made
/// @param secondFactor whether they signed in with a second factor
public record Principal(Uid uid, Set<Role> roles, boolean secondFactor) {
  public Principal {
    roles = Set.copyOf(roles);
  }

  /// Whether the person has the role; an admin has every one.
  public boolean has(Role role) {
    return roles.contains(role) || roles.contains(Role.ADMIN);
  }
}
