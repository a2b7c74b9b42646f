package dev.fireside.posts;

import dev.fireside.posts.domain.Comment;
import dev.fireside.posts.domain.CommentView;
import dev.fireside.posts.store.CommentStore;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import org.jspecify.annotations.Nullable;

/// Lists one's own comments, newest first, also those on posts that cannot be seen any more.
final class ListOwnComments {
  private final CommentStore comments;
  private final ReadComments readComments;

  ListOwnComments(CommentStore comments, ReadComments readComments) {
    this.comments = comments;
    this.readComments = readComments;
  }

  /// @param after id of the comment after which the list goes on; null for the start
  Part<CommentView> list(Uid author, int limit, @Nullable String after) {
    return Part.fill(
        limit,
        after,
        (position, count) -> comments.byAuthor(author, position, count),
        Comment::id,
        found -> readComments.present(author, found),
        CommentView::id);
  }
}
