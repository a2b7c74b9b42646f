package dev.fireside.presence.domain;

import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.domain.Relation;
import dev.fireside.social.domain.Sight;
import org.jspecify.annotations.Nullable;

/// Who may see how present somebody is.
public final class PresenceSight {
  private PresenceSight() {}

  /// Whether a viewer may see it.
  ///
  /// @param profile of whom it is about; null where there is no such person
  /// @param relation how the viewer stands to them
  public static boolean of(
      Uid viewer, @Nullable Profile profile, Relation relation, Settings settings) {
    if (profile == null || !Sight.ofPerson(viewer, profile, relation)) {
      return false;
    }
    return profile.uid().equals(viewer)
        || switch (settings.audience()) {
          case EVERYBODY -> true;
          case FOLLOWERS -> relation.follows();
          case NOBODY -> false;
        };
  }
}
