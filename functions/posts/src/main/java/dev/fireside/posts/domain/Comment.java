package dev.fireside.posts.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A comment on a post; `posts/{post's name}/comments/{name}`.
///
/// @param id ULID; also the order of comments in time
/// @param author null where the person or the comment is gone and only its place is kept
/// @param parent the comment it answers; null at the top
/// @param depth 1 at the top, one more with every answer
/// @param deleted whether it was taken away
/// @param replies how many answers are shown below it
public record Comment(
    String id,
    String postId,
    @Nullable Uid author,
    String text,
    @Nullable String parent,
    int depth,
    List<Uid> mentions,
    boolean deleted,
    long replies,
    Instant createdAt,
    @Nullable Instant editedAt) {
  /// Code points of a comment, at most.
  public static final int TEXT_MAX = 1_000;

  /// How deep answers to answers go.
  public static final int DEPTH_MAX = 10;

  public Comment {
    mentions = List.copyOf(mentions);
  }

  /// The comment with another text.
  public Comment withText(String newText, List<Uid> newMentions, Instant at) {
    return new Comment(
        id, postId, author, newText, parent, depth, newMentions, deleted, replies, createdAt, at);
  }

  /// The comment once it is taken away; what it says stays for those who have to look into it.
  public Comment asDeleted() {
    return new Comment(
        id, postId, author, text, parent, depth, mentions, true, replies, createdAt, editedAt);
  }

  /// Whether only its place is shown, for the sake of the answers below.
  public boolean isTombstone() {
    return deleted && replies > 0;
  }

  /// Whether it is shown to anybody at all.
  public boolean isShown() {
    return !deleted || replies > 0;
  }
}
