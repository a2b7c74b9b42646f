package dev.fireside.accounts;

import dev.fireside.accounts.domain.ProfileData;
import dev.fireside.accounts.store.Profiles;
import dev.fireside.accounts.store.Profiles.Outcome;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Profile;

/// Creates a person's own profile; asked again with the same data, it answers like the first time.
final class CreateProfile {
  private final Profiles profiles;

  CreateProfile(Profiles profiles) {
    this.profiles = profiles;
  }

  Profile create(Uid caller, ProfileData data) {
    return switch (profiles.create(caller, data)) {
      case Outcome.Saved saved -> saved.profile();
      case Outcome.HandleTaken _ -> throw Problems.handleTaken();
      case Outcome.ExistsOtherwise _ ->
          throw ProblemException.conflict(
              Reason.HAD_PROFILE, "You have had a profile before; change it with PATCH");
      case Outcome.Missing _ -> throw ProblemException.notFound("profile");
    };
  }
}
