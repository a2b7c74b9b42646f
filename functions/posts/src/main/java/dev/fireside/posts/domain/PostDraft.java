package dev.fireside.posts.domain;

import dev.fireside.social.domain.Media;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.Visibility;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A post as its author asks for it.
///
/// @param text empty for none
/// @param shared the post it shows; null for originals
public record PostDraft(
    PostKind kind, String text, List<Media> media, @Nullable String shared, Visibility visibility) {
  /// Code points of a post's text, at most.
  public static final int TEXT_MAX = 2_000;

  /// Pictures and videos of a post, at most.
  public static final int MEDIA_MAX = 10;

  public PostDraft {
    media = List.copyOf(media);
    if ((kind == PostKind.ORIGINAL) != (shared == null)) {
      throw new IllegalArgumentException("Reposts and quotes, and only they, show a post");
    }
  }
}
