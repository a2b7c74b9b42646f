package dev.fireside.accounts;

import dev.fireside.accounts.domain.ProfileEdit;
import dev.fireside.accounts.store.Profiles;
import dev.fireside.accounts.store.Profiles.Outcome;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Profile;

/// Changes a person's own profile, the handle too.
final class EditProfile {
  private final Profiles profiles;

  EditProfile(Profiles profiles) {
    this.profiles = profiles;
  }

  Profile edit(Uid caller, ProfileEdit edit) {
    return switch (profiles.edit(caller, edit)) {
      case Outcome.Saved saved -> saved.profile();
      case Outcome.HandleTaken _ -> throw Problems.handleTaken();
      case Outcome.ExistsOtherwise _, Outcome.Missing _ ->
          throw ProblemException.notFound("profile");
    };
  }
}
