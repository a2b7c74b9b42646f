package dev.fireside.accounts;

import dev.fireside.accounts.domain.Rank;
import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.AccountStatus;
import java.util.Set;

/// Suspends a person, or lifts it: their profile says so, and Firebase Auth follows.
final class SetSuspension {
  private final Profiles profiles;
  private final Accounts accounts;
  private final AlignAuth alignAuth;

  SetSuspension(Profiles profiles, Accounts accounts, AlignAuth alignAuth) {
    this.profiles = profiles;
    this.accounts = accounts;
    this.alignAuth = alignAuth;
  }

  void set(Principal caller, Uid uid, boolean suspended) {
    if (caller.uid().equals(uid)) {
      throw Problems.onSelf(suspended ? "suspend" : "pardon");
    }
    Set<Role> roles = accounts.roles(uid).orElse(Set.of());
    if (!Rank.maySuspend(caller, roles)) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN, "Only an admin may do this to a moderator or an admin");
    }
    if (!profiles.setStatus(uid, suspended ? AccountStatus.SUSPENDED : AccountStatus.ACTIVE)) {
      throw Problems.noSuchUser();
    }
    alignAuth.align(uid);
  }
}
