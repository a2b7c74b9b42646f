package dev.fireside.posts;

import dev.fireside.posts.store.PostStore;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.auth.Role;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostStatus;
import java.time.Clock;

/// Takes a post away, for its author or a moderator. It is removed for good some days later.
final class DeletePost {
  private final PostStore posts;
  private final ReadPost readPost;
  private final Clock clock;

  DeletePost(PostStore posts, ReadPost readPost, Clock clock) {
    this.posts = posts;
    this.readPost = readPost;
    this.clock = clock;
  }

  void delete(Principal caller, String id) {
    boolean found =
        posts
            .change(
                id,
                clock.instant(),
                post -> {
                  check(caller, post);
                  return post.withStatus(PostStatus.DELETED);
                })
            .isPresent();
    if (!found) {
      throw Problems.noSuchPost();
    }
  }

  private void check(Principal caller, Post post) {
    if (post.author().equals(caller.uid()) || caller.has(Role.MODERATOR)) {
      return;
    }
    throw readPost.read(caller.uid(), post.id()).isPresent()
        ? Problems.notYours()
        : Problems.noSuchPost();
  }
}
