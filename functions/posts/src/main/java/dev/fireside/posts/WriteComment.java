package dev.fireside.posts;

import dev.fireside.posts.domain.Comment;
import dev.fireside.posts.domain.CommentView;
import dev.fireside.posts.store.CommentStore;
import dev.fireside.posts.store.People;
import dev.fireside.posts.store.PostGate;
import dev.fireside.posts.store.Sighting;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Entities;
import dev.fireside.social.domain.PersonView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Comments on a post, or answers a comment.
final class WriteComment {
  private final PostGate gate;
  private final CommentStore comments;
  private final People people;
  private final ReadComments readComments;

  WriteComment(PostGate gate, CommentStore comments, People people, ReadComments readComments) {
    this.gate = gate;
    this.comments = comments;
    this.people = people;
    this.readComments = readComments;
  }

  /// A comment as its author asks for it.
  ///
  /// @param parent the comment it answers; null for the top
  record Draft(String text, @Nullable String parent) {}

  /// @param id of the new comment; the same on every attempt of one request
  CommentView write(Uid author, String id, String postId, Draft draft) {
    Sighting sighting = gate.look(author, postId);
    if (sighting.post() == null) {
      throw Problems.noSuchPost();
    }
    if (sighting.viewer() == null) {
      throw Problems.noProfile();
    }
    String parent = draft.parent();
    var comment =
        new Comment(
            id,
            sighting.postId(),
            author,
            draft.text(),
            parent,
            parent == null ? 1 : depth(author, sighting.postId(), parent),
            people.mentioned(Entities.of(draft.text())),
            false,
            0,
            Ids.instantOf(id),
            null);
    Comment written = comments.create(comment).orElseThrow(WriteComment::noSuchParent);
    return CommentView.of(written, PersonView.of(sighting.viewer()));
  }

  private int depth(Uid author, String postId, String parent) {
    List<Comment> above = comments.upFrom(postId, parent);
    // Whom one cannot see, one cannot answer; that they exist is not revealed.
    if (above.isEmpty() || above.getFirst().deleted() || !readComments.sees(author, above)) {
      throw noSuchParent();
    }
    if (above.getFirst().depth() >= Comment.DEPTH_MAX) {
      throw Problems.field(
          ProblemType.INVALID_INPUT,
          "parent",
          "is " + Comment.DEPTH_MAX + " answers deep already: answer one above it");
    }
    return above.getFirst().depth() + 1;
  }

  private static ProblemException noSuchParent() {
    return Problems.field(
        ProblemType.INVALID_INPUT, "parent", "is not a comment on this post that you can see");
  }
}
