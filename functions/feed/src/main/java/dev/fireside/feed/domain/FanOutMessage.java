package dev.fireside.feed.domain;

import dev.fireside.shared.ids.Uid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One leg of the walk through an author's active followers: a message of `feed-fanout`. Each leg
/// publishes the next, so that walks of large and small authors take turns.
///
/// @param job what for
/// @param author whose followers
/// @param entry the post, encoded; for [FanOutJob#POST] only
/// @param rebuild names the rebuilding of the author's active followers, where this walk goes
///   through `follows`; null where it goes through the active followers
/// @param after the follower the leg before ended with, as its source counts; null on the first
public record FanOutMessage(
    FanOutJob job,
    Uid author,
    @Nullable String entry,
    @Nullable String rebuild,
    @Nullable String after) {
  public FanOutMessage {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(author, "author");
  }

  /// A walk from its start.
  public static FanOutMessage start(FanOutJob job, Uid author, @Nullable String entry) {
    return new FanOutMessage(job, author, entry, null, null);
  }

  /// The same walk from its start.
  public FanOutMessage restarted() {
    return start(job, author, entry);
  }

  /// The next leg of the walk through the active followers.
  public FanOutMessage after(String follower) {
    return new FanOutMessage(job, author, entry, null, follower);
  }

  /// The next leg of the walk through `follows`.
  public FanOutMessage rebuildingAfter(String token, @Nullable String follow) {
    return new FanOutMessage(job, author, entry, token, follow);
  }
}
