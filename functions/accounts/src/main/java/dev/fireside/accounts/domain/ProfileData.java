package dev.fireside.accounts.domain;

import org.jspecify.annotations.Nullable;

/// What a person says of themselves.
public record ProfileData(
    Handle handle, String displayName, @Nullable String bio, @Nullable String avatarUrl) {}
