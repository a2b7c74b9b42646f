package dev.fireside.accounts.domain;

import org.jspecify.annotations.Nullable;

/// What a person changes of their profile.
///
/// @param handle null to keep
/// @param displayName null to keep
/// @param bio null to keep
/// @param avatarUrl null to keep
public record ProfileEdit(
    @Nullable Handle handle,
    @Nullable String displayName,
    @Nullable Change bio,
    @Nullable Change avatarUrl) {

  /// A new value for an optional field; null clears it.
  public record Change(@Nullable String value) {}

  /// The profile after this edit.
  public ProfileData applyTo(ProfileData current) {
    return new ProfileData(
        handle == null ? current.handle() : handle,
        displayName == null ? current.displayName() : displayName,
        bio == null ? current.bio() : bio.value(),
        avatarUrl == null ? current.avatarUrl() : avatarUrl.value());
  }
}
