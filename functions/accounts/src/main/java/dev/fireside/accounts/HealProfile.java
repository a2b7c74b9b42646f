package dev.fireside.accounts;

import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.PoisonEventException;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.ProfileReader;

/// Keeps in the cache what a profile has become, and brings Firebase Auth in line with it.
final class HealProfile {
  private final Profiles profiles;
  private final AlignAuth alignAuth;

  HealProfile(Profiles profiles, AlignAuth alignAuth) {
    this.profiles = profiles;
    this.alignAuth = alignAuth;
  }

  void heal(DocumentChange change) {
    if (!Uid.isValid(change.id())) {
      throw new PoisonEventException(change.path() + " does not name a person");
    }
    Uid uid = new Uid(change.id());
    boolean kept =
        change.after() == null
            ? profiles.keepAbsence(uid, change.version())
            : profiles.keep(change.after());
    // A profile that is created active says nothing new of its account.
    if (change.after() != null
        && !status(change.after())
            .equals(change.before() == null ? AccountStatus.ACTIVE : status(change.before()))) {
      alignAuth.align(uid);
    }
    NotKeptException.unless(kept);
  }

  private static AccountStatus status(Document user) {
    return ProfileReader.parse(user).status();
  }
}
