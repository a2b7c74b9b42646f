package dev.fireside.social.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A post as a viewer is shown it.
///
/// @param kind `original`, `repost` or `quote`
/// @param ref the post it shows, one level deep; null for originals and where it cannot be seen
/// @param refUnavailable true where it shows a post that this viewer cannot see; else absent
/// @param viewer the viewer's own state; null for anonymous viewers
public record PostView(
    String id,
    PersonView author,
    String kind,
    String text,
    List<Media> media,
    @Nullable PostView ref,
    @Nullable Boolean refUnavailable,
    String visibility,
    String status,
    List<String> hashtags,
    Map<String, Long> counts,
    @Nullable ViewerState viewer,
    Instant createdAt,
    @Nullable Instant editedAt) {

  /// What the viewer did with a post.
  ///
  /// @param reactions kinds, by wire name
  public record ViewerState(List<String> reactions) {}
}
