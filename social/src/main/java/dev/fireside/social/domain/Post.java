package dev.fireside.social.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A post; `posts/{name}` where the name is the id rotated.
///
/// @param id ULID; also the order of posts in time
/// @param text empty for reposts
/// @param ref the post it shows; null for originals
/// @param hashtags lower case, without `#`
/// @param mentions people named in the text
/// @param quoted authors of what the post it shows quotes itself, of what that quotes, and so on,
///   the nearest first
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
    List<Uid> quoted,
    Map<String, Long> counts,
    Instant createdAt,
    @Nullable Instant editedAt) {
  /// Authors in `quoted`, at most.
  public static final int QUOTED_MAX = 50;

  public Post {
    media = List.copyOf(media);
    hashtags = List.copyOf(hashtags);
    mentions = List.copyOf(mentions);
    quoted = List.copyOf(quoted);
    counts = Map.copyOf(counts);
  }

  /// The authors of what this post quotes, and of what that quotes, and so on: what is `quoted` by
  /// a post that shows this one. At most [#QUOTED_MAX].
  public List<Uid> quotedAllTheWay() {
    return ref == null
        ? List.of()
        : Stream.concat(Stream.of(ref.author()), quoted.stream())
            .distinct()
            .limit(QUOTED_MAX)
            .toList();
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
        quoted,
        counts,
        createdAt,
        editedAt);
  }

  /// The same post for others to see.
  public Post withVisibility(Visibility newVisibility) {
    return new Post(
        id,
        author,
        kind,
        text,
        media,
        ref,
        newVisibility,
        status,
        hashtags,
        mentions,
        quoted,
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
        quoted,
        newCounts,
        createdAt,
        editedAt);
  }
}
