package dev.fireside.chat.domain;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How one person stands to a chat; `chats/{name}/standings/{uid}`.
///
/// @param read place up to which they said that they have read
/// @param muted whether they want no notifications
/// @param mutedUntil when that ends; null for never
/// @param hidden places of messages they took away for themselves
public record Standing(long read, boolean muted, @Nullable Instant mutedUntil, Set<Long> hidden) {
  /// Messages that a person can take away for themselves in one chat.
  public static final int HIDDEN_MAX = 1_000;

  /// Of who has done nothing yet.
  public static final Standing NONE = new Standing(0, false, null, Set.of());

  public Standing {
    hidden = Set.copyOf(hidden);
  }

  /// Whether they want no notifications at an instant.
  public boolean isMuted(Instant now) {
    return muted && (mutedUntil == null || now.isBefore(mutedUntil));
  }
}
