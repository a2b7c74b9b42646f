package dev.fireside.posts;

import dev.fireside.posts.domain.Comment;
import dev.fireside.posts.domain.CommentView;
import dev.fireside.posts.store.CommentStore;
import dev.fireside.posts.store.PostGate;
import dev.fireside.posts.store.Sighting;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the comments on a post, or the answers to one of them.
final class ListComments {
  private final PostGate gate;
  private final CommentStore comments;
  private final ReadComments readComments;

  ListComments(PostGate gate, CommentStore comments, ReadComments readComments) {
    this.gate = gate;
    this.comments = comments;
    this.readComments = readComments;
  }

  /// Which list.
  ///
  /// @param parent the comment whose answers are listed; null for the top
  record Branch(String postId, @Nullable String parent, boolean newestFirst) {}

  /// @param after id of the comment after which the list goes on; null for the start
  Part<CommentView> list(@Nullable Uid viewer, Branch branch, int limit, @Nullable String after) {
    Sighting sighting = gate.look(viewer, branch.postId());
    if (sighting.post() == null) {
      throw Problems.noSuchPost();
    }
    String parent = branch.parent();
    if (parent != null) {
      List<Comment> above = comments.upFrom(sighting.postId(), parent);
      if (above.isEmpty() || !readComments.sees(viewer, above)) {
        throw Request.invalidQuery("parent", "is not a comment on this post that you can see");
      }
    }
    return Part.fill(
        limit,
        after,
        (position, count) ->
            comments.list(sighting.postId(), parent, branch.newestFirst(), position, count),
        Comment::id,
        found -> readComments.present(viewer, found),
        CommentView::id);
  }
}
