package dev.fireside.posts.store;

import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody finds who looks at a post to do something with it.
///
/// @param postId the post that is meant: the original where they look at a repost
/// @param post that post; null where they cannot see it
/// @param viewer their own profile; null without one, or while their account is not active
/// @param reactions their own reactions to that post, by wire name, as far as Redis knows
public record Sighting(
    String postId, @Nullable Post post, @Nullable Profile viewer, List<String> reactions) {
  public Sighting {
    reactions = List.copyOf(reactions);
  }
}
