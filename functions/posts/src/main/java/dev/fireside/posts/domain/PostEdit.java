package dev.fireside.posts.domain;

import dev.fireside.social.domain.Visibility;
import org.jspecify.annotations.Nullable;

/// What an author changes of a post.
///
/// @param text the new text, empty for none; null to keep it
/// @param visibility null to keep it
public record PostEdit(@Nullable String text, @Nullable Visibility visibility) {}
