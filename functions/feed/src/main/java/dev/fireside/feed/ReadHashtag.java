package dev.fireside.feed;

import dev.fireside.feed.domain.Step;
import dev.fireside.feed.store.PostQueries;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.store.PostAssembler.Purpose;
import org.jspecify.annotations.Nullable;

/// Reads the posts with a hashtag, newest first.
final class ReadHashtag {
  private final PostQueries posts;
  private final Pager pager;

  ReadHashtag(PostQueries posts, Pager pager) {
    this.posts = posts;
    this.pager = pager;
  }

  /// The posts with a normalised hashtag below the id `after` (null: from the top).
  Pager.Filled read(@Nullable Uid viewer, String tag, @Nullable String after, int limit) {
    return pager.fill(
        viewer,
        after,
        limit,
        Purpose.FEED,
        (position, count) -> Step.Run.of(posts.tagged(tag, position, count), ""));
  }
}
