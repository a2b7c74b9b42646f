package dev.fireside.presence.domain;

import dev.fireside.social.domain.Presence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a person has chosen to show of their presence.
///
/// @param audience who may see it
/// @param activity what they say they are doing, such as `in a match`; null for nothing
/// @param activityAt when they said so
public record Settings(Audience audience, @Nullable String activity, Instant activityAt) {
  /// Of somebody who has chosen nothing.
  public static final Settings DEFAULT = new Settings(Audience.FOLLOWERS, null, Instant.EPOCH);

  /// Most characters of an activity.
  public static final int ACTIVITY_MAX = 80;

  /// An activity may be stated before the connection is known of, and by another clock.
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /// The presence of somebody with these settings: who is there does what they say, unless they
  /// said it the last time that they were.
  public Presence applyTo(Presence presence) {
    boolean said = presence.isThere() && !activityAt.plus(MARGIN).isBefore(presence.since());
    return presence.doing(said ? activity : null);
  }
}
