package dev.fireside.social.domain;

import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a list of posts holds of each: all that is needed to look up the rest in one round trip.
///
/// @param id ULID of the post
/// @param author who wrote or reposted it
/// @param ref the post it shows; null for originals
public record PostEntry(String id, Uid author, @Nullable PostRef ref)
    implements Comparable<PostEntry> {
  private static final char SEPARATOR = ':';

  /// The entry of a post.
  public static PostEntry of(Post post) {
    return new PostEntry(post.id(), post.author(), post.ref());
  }

  /// `id:author` or `id:author:refId:refAuthor`: sorts as text as the posts do in time.
  public String encode() {
    String own = id + SEPARATOR + author;
    return ref == null ? own : own + SEPARATOR + ref.id() + SEPARATOR + ref.author();
  }

  /// The entry of an encoded text; empty for a text that is none, such as a marker.
  public static Optional<PostEntry> decode(String text) {
    // By hand, not by a pattern: a page decodes one for each of its posts, and some more.
    int first = text.indexOf(SEPARATOR);
    int second = first < 0 ? -1 : text.indexOf(SEPARATOR, first + 1);
    PostRef own = ref(text, 0, first, second < 0 ? text.length() : second);
    if (own == null || second < 0) {
      return Optional.ofNullable(own).map(post -> new PostEntry(post.id(), post.author(), null));
    }
    int third = text.indexOf(SEPARATOR, second + 1);
    PostRef ref = ref(text, second + 1, third, text.length());
    return Optional.ofNullable(ref).map(shown -> new PostEntry(own.id(), own.author(), shown));
  }

  /// The post between `from` and `to`, whose author stands behind the separator at `middle`.
  private static @Nullable PostRef ref(String text, int from, int middle, int to) {
    if (middle < 0) {
      return null;
    }
    String id = text.substring(from, middle);
    String author = text.substring(middle + 1, to);
    return Ids.isUlid(id) && Uid.isValid(author) ? new PostRef(id, new Uid(author)) : null;
  }

  /// Newest first.
  @Override
  public int compareTo(PostEntry other) {
    return other.id.compareTo(id);
  }
}
