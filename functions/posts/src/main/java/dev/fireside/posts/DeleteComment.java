package dev.fireside.posts;

import dev.fireside.posts.domain.Comment;
import dev.fireside.posts.store.CommentStore;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.auth.Role;
import dev.fireside.social.domain.Post;
import dev.fireside.social.store.PostReader;
import java.time.Clock;

/// Takes a comment away, for its author, the author of the post, or a moderator.
final class DeleteComment {
  private final CommentStore comments;
  private final PostReader posts;
  private final ReadComments readComments;
  private final Clock clock;

  DeleteComment(CommentStore comments, PostReader posts, ReadComments readComments, Clock clock) {
    this.comments = comments;
    this.posts = posts;
    this.readComments = readComments;
    this.clock = clock;
  }

  void delete(Principal caller, String id) {
    Comment comment = comments.find(id).orElseThrow(Problems::noSuchComment);
    if (!mayDelete(caller, comment)) {
      boolean visible = readComments.read(caller.uid(), comment).isPresent();
      throw visible && !comment.deleted() ? Problems.notYours() : Problems.noSuchComment();
    }
    comments.change(comment.postId(), id, clock.instant(), Comment::asDeleted);
  }

  private boolean mayDelete(Principal caller, Comment comment) {
    return caller.uid().equals(comment.author())
        || caller.has(Role.MODERATOR)
        || posts.get(comment.postId()).map(Post::author).filter(caller.uid()::equals).isPresent();
  }
}
