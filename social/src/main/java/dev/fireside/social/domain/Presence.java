package dev.fireside.social.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How present a person is, over all of their connections.
///
/// @param since when they came; once they are offline, when they left
/// @param lastSeen when they were last there; null unless they are offline
/// @param activity what they say they are doing; null for nothing, and once they are offline
/// @param databases the databases in which it is published, in order: where they are connected, and
///   where they live
public record Presence(
    PresenceState state,
    Instant since,
    @Nullable Instant lastSeen,
    @Nullable String activity,
    List<String> databases) {
  public Presence {
    databases = List.copyOf(databases);
  }

  /// The same, published elsewhere.
  public Presence in(List<String> otherDatabases) {
    return new Presence(state, since, lastSeen, activity, otherDatabases);
  }

  /// The same of somebody who is doing something else.
  public Presence doing(@Nullable String newActivity) {
    return new Presence(state, since, lastSeen, newActivity, databases);
  }

  /// Whether the person is connected at all.
  public boolean isThere() {
    return state != PresenceState.OFFLINE;
  }
}
