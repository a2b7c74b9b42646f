package dev.fireside.leaderboards;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.ProfileReader;
import org.jspecify.annotations.Nullable;

/// Called when `users/{uid}` was changed; acts when the account was deleted or suspended, or may be
/// seen again.
public final class UserUpdatedFunction extends FirestoreFunction {
  private final PurgeScores purgeScores;
  private final HideSuspended hideSuspended;

  public UserUpdatedFunction() {
    this(Platform.current());
  }

  UserUpdatedFunction(Platform platform) {
    super(platform);
    this.purgeScores = new PurgeScores(platform);
    this.hideSuspended = new HideSuspended(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    if (!Uid.isValid(change.id())) {
      return;
    }
    var uid = new Uid(change.id());
    AccountStatus status = status(change.after());
    if (status == AccountStatus.DELETED) {
      purgeScores.purge(uid);
    } else if (status != status(change.before())) {
      hideSuspended.align(uid);
    }
  }

  private static AccountStatus status(@Nullable Document profile) {
    return profile == null ? AccountStatus.ACTIVE : ProfileReader.parse(profile).status();
  }
}
