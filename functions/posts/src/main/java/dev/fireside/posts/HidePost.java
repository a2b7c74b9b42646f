package dev.fireside.posts;

import dev.fireside.posts.store.PostStore;
import dev.fireside.social.domain.PostStatus;
import java.time.Clock;

/// Hides a post from everybody but its author, or shows it again; for moderators.
final class HidePost {
  private final PostStore posts;
  private final Clock clock;

  HidePost(PostStore posts, Clock clock) {
    this.posts = posts;
    this.clock = clock;
  }

  void hide(String id, boolean hidden) {
    boolean found =
        posts
            .change(
                id,
                clock.instant(),
                post -> {
                  if (post.status() == PostStatus.DELETED) {
                    throw Problems.noSuchPost();
                  }
                  return post.withStatus(hidden ? PostStatus.HIDDEN : PostStatus.ACTIVE);
                })
            .isPresent();
    if (!found) {
      throw Problems.noSuchPost();
    }
  }
}
