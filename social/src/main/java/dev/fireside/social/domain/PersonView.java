package dev.fireside.social.domain;

import dev.fireside.shared.ids.Uid;
import org.jspecify.annotations.Nullable;

/// A person as lists and posts show them.
public record PersonView(Uid uid, String handle, String displayName, @Nullable String avatarUrl) {
  /// The short view of a profile.
  public static PersonView of(Profile profile) {
    return new PersonView(
        profile.uid(), profile.handle(), profile.displayName(), profile.avatarUrl());
  }
}
