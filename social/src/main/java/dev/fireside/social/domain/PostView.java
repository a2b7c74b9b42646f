package dev.fireside.social.domain;

import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A post as a viewer is shown it.
///
/// @param kind `original`, `repost` or `quote`
/// @param ref the post it shows, one level deep; null for originals and where it cannot be seen
/// @param refUnavailable true where it shows a post that this viewer cannot see; else absent
/// @param repostedBy in feeds, who brought it there by reposting it; else null
/// @param viewer the viewer's own state; null for anonymous viewers
public record PostView(
    String id,
    PersonView author,
    String kind,
    String text,
    List<Media> media,
    @Nullable PostView ref,
    @Nullable Boolean refUnavailable,
    @Nullable RepostedBy repostedBy,
    String visibility,
    String status,
    List<String> hashtags,
    Map<String, Long> counts,
    @Nullable ViewerState viewer,
    Instant createdAt,
    @Nullable Instant editedAt) {

  /// Who reposted a post, of those whom a feed is made of.
  ///
  /// @param count how many
  /// @param people those who did so last, the latest first; some of them
  public record RepostedBy(long count, List<PersonView> people) {
    public RepostedBy {
      people = List.copyOf(people);
    }
  }

  /// The id of the post that is seen: the one shown where this is a repost.
  public String shownId() {
    return repeatsAnother() && ref != null ? ref.id : id;
  }

  /// Whether it is a repost. (Not `isRepost`, which would be a property in JSON.)
  public boolean repeatsAnother() {
    return kind.equals(WireNames.of(PostKind.REPOST));
  }

  /// The same, with those who reposted it.
  public PostView withRepostedBy(RepostedBy by) {
    return new PostView(
        id,
        author,
        kind,
        text,
        media,
        ref,
        refUnavailable,
        by,
        visibility,
        status,
        hashtags,
        counts,
        viewer,
        createdAt,
        editedAt);
  }

  /// What the viewer did with a post.
  ///
  /// @param reactions kinds, by wire name
  public record ViewerState(List<String> reactions) {}
}
