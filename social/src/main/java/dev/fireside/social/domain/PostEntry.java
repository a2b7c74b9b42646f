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
  private static final String SEPARATOR = ":";

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
    String[] parts = text.split(SEPARATOR, -1);
    boolean usable =
        (parts.length == 2 || parts.length == 4)
            && Ids.isUlid(parts[0])
            && Uid.isValid(parts[1])
            && (parts.length == 2 || (Ids.isUlid(parts[2]) && Uid.isValid(parts[3])));
    if (!usable) {
      return Optional.empty();
    }
    PostRef ref = parts.length == 2 ? null : new PostRef(parts[2], new Uid(parts[3]));
    return Optional.of(new PostEntry(parts[0], new Uid(parts[1]), ref));
  }

  /// Newest first.
  @Override
  public int compareTo(PostEntry other) {
    return other.id.compareTo(id);
  }
}
