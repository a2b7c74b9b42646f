package dev.fireside.posts.domain;

import dev.fireside.social.domain.PersonView;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A comment as a viewer is shown it.
///
/// @param author null for a tombstone
/// @param text null for a tombstone
/// @param deleted true for a tombstone, else absent
/// @param counts `replies`: how many answers are shown below it
public record CommentView(
    String id,
    String postId,
    @Nullable String parent,
    @Nullable PersonView author,
    @Nullable String text,
    @Nullable Boolean deleted,
    Map<String, Long> counts,
    Instant createdAt,
    @Nullable Instant editedAt) {

  /// A comment with its author.
  public static CommentView of(Comment comment, PersonView author) {
    return new CommentView(
        comment.id(),
        comment.postId(),
        comment.parent(),
        author,
        comment.text(),
        null,
        Map.of("replies", comment.replies()),
        comment.createdAt(),
        comment.editedAt());
  }

  /// The place of a comment that was taken away.
  public static CommentView tombstone(Comment comment) {
    return new CommentView(
        comment.id(),
        comment.postId(),
        comment.parent(),
        null,
        null,
        true,
        Map.of("replies", comment.replies()),
        comment.createdAt(),
        null);
  }
}
