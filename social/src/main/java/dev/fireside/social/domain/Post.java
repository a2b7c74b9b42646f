package dev.fireside.social.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A post; `posts/{name}` where the name is the id rotated.
///
/// @param id ULID; also the order of posts in time
/// @param text empty for reposts
/// @param ref the post it shows; null for originals
/// @param hashtags lower case, without `#`
/// @param mentions people named in the text
/// @param counts totals: reactions by kind, `comments`, `reposts`, `quotes`
/// @param editedAt null while the text is as it was first written
public record Post(
    String id,
    Uid author,
    PostKind kind,
    String text,
    List<Media> media,
    @Nullable PostRef ref,
    Visibility visibility,
    PostStatus status,
    List<String> hashtags,
    List<Uid> mentions,
    Map<String, Long> counts,
    Instant createdAt,
    @Nullable Instant editedAt) {
  public Post {
    media = List.copyOf(media);
    hashtags = List.copyOf(hashtags);
    mentions = List.copyOf(mentions);
    counts = Map.copyOf(counts);
  }

  /// The same post with another status.
  public Post withStatus(PostStatus newStatus) {
    return new Post(
        id,
        author,
        kind,
        text,
        media,
        ref,
        visibility,
        newStatus,
        hashtags,
        mentions,
        counts,
        createdAt,
        editedAt);
  }

  /// The same post with other totals.
  public Post withCounts(Map<String, Long> newCounts) {
    return new Post(
        id,
        author,
        kind,
        text,
        media,
        ref,
        visibility,
        status,
        hashtags,
        mentions,
        newCounts,
        createdAt,
        editedAt);
  }
}
