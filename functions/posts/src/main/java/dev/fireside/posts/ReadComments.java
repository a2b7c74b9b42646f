package dev.fireside.posts;

import dev.fireside.posts.domain.Comment;
import dev.fireside.posts.domain.CommentView;
import dev.fireside.posts.store.CommentStore;
import dev.fireside.posts.store.People;
import dev.fireside.posts.store.PostGate;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PersonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows comments to somebody: those of people they may see, and the places of deleted ones that
/// were answered. An answer is not shown where one that it answers, however far up, may not be
/// seen; but to its own author.
final class ReadComments {
  private final PostGate gate;
  private final CommentStore comments;
  private final People people;

  ReadComments(PostGate gate, CommentStore comments, People people) {
    this.gate = gate;
    this.comments = comments;
    this.people = people;
  }

  /// One comment, if the viewer may see it and the post it is about.
  Optional<CommentView> read(@Nullable Uid viewer, String id) {
    return comments.find(id).flatMap(comment -> read(viewer, comment));
  }

  /// The comment as it is shown, if it is.
  Optional<CommentView> read(@Nullable Uid viewer, Comment comment) {
    if (gate.look(viewer, comment.postId()).post() == null) {
      return Optional.empty();
    }
    String parent = comment.parent();
    boolean own = comment.author() != null && comment.author().equals(viewer);
    return parent == null || own || sees(viewer, comments.upFrom(comment.postId(), parent))
        ? present(viewer, List.of(comment)).stream().findFirst()
        : Optional.empty();
  }

  /// Whether the viewer may see comments, or their places, as far as their authors go.
  boolean sees(@Nullable Uid viewer, List<Comment> found) {
    List<Uid> authors = authors(found);
    return authors.isEmpty() || people.visible(viewer, authors).size() == authors.size();
  }

  /// Comments of a post that the viewer may see, without those they may not see.
  List<CommentView> present(@Nullable Uid viewer, List<Comment> found) {
    List<Comment> shown = found.stream().filter(Comment::isShown).toList();
    List<Uid> authors = authors(shown);
    Map<Uid, PersonView> visible = authors.isEmpty() ? Map.of() : people.visible(viewer, authors);
    var views = new ArrayList<CommentView>();
    for (Comment comment : shown) {
      Uid author = comment.author();
      PersonView person = author == null ? null : visible.get(author);
      if (comment.isTombstone()) {
        views.add(CommentView.tombstone(comment));
      } else if (person != null) {
        views.add(CommentView.of(comment, person));
      }
    }
    return views;
  }

  /// The people whose words these are, each once.
  private static List<Uid> authors(List<Comment> found) {
    return found.stream()
        .filter(comment -> !comment.deleted())
        .map(Comment::author)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }
}
