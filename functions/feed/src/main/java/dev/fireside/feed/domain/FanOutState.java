package dev.fireside.feed.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an author's posts reach their followers: `fanouts/{uid}`.
///
/// A pulled author's posts stay in their outbox and are merged in at read. On the way back to push
/// the outbox is pushed to everybody first; until that is done both happen.
///
/// @param mode how it is
/// @param changedAt since when
/// @param returningAt since when the author is on the way back to push; null when they are not
public record FanOutState(Mode mode, Instant changedAt, @Nullable Instant returningAt) {
  /// How authors without a document are treated.
  public static final FanOutState DEFAULT = new FanOutState(Mode.PUSH, Instant.EPOCH, null);

  /// How long after a switch to pull posts are still pushed: longer than any reader may take to
  /// hear of it.
  public static final Duration GRACE = Duration.ofSeconds(60);

  /// An author goes back to push below this share of the threshold, so that one follower more or
  /// less does not switch them to and fro.
  private static final double RETURN_SHARE = 0.8;

  /// Push or pull.
  public enum Mode {
    PUSH,
    PULL
  }

  /// Whether a post of now is pushed into timelines.
  public boolean pushes(Instant now) {
    return mode == Mode.PUSH || returningAt != null || now.isBefore(changedAt.plus(GRACE));
  }

  /// Whether so many active followers are too many to push to.
  public static boolean isTooLarge(long activeFollowers, long threshold) {
    return activeFollowers > threshold;
  }

  /// Whether so few active followers can be pushed to again.
  public static boolean isSmallAgain(long activeFollowers, long threshold) {
    return activeFollowers < threshold * RETURN_SHARE;
  }
}
