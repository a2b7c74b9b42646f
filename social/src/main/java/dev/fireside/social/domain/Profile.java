package dev.fireside.social.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person as others see them; `users/{uid}`.
///
/// @param handle unique, lower case, without `@`
/// @param followers how many people follow them
/// @param following how many people they follow
/// @param posts how many posts they have
public record Profile(
    Uid uid,
    String handle,
    String displayName,
    @Nullable String bio,
    @Nullable String avatarUrl,
    AccountStatus status,
    long followers,
    long following,
    long posts,
    Instant createdAt) {

  /// Whether others may see the person and what they made.
  public boolean isActive() {
    return status == AccountStatus.ACTIVE;
  }
}
