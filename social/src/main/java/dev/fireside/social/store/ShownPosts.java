package dev.fireside.social.store;

import dev.fireside.shared.cache.Memo;
import dev.fireside.shared.json.WireNames;
import dev.fireside.social.domain.PersonView;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostView;
import dev.fireside.social.domain.Profile;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Posts as they are shown, kept by what they are made of: the same posts stand on page after page,
/// and are put together and written as JSON once.
///
/// What a view is made of are values of caches that keep them by their text ([PostReader],
/// [ProfileReader]), so that one that has not changed is the very same object: they are compared by
/// identity, and one that has changed is another.
final class ShownPosts {
  private static final int VIEWS_MAX = 16_384;

  private final Memo<Parts, PostView> views = Memo.byValue(VIEWS_MAX);

  /// A post as it is shown.
  ///
  /// @param ref what is shown of the post it shows; null for none
  /// @param unavailable true where it shows a post that this viewer cannot see, else null
  /// @param reactions the viewer's own; null for an anonymous viewer
  PostView view(
      Post post,
      Profile author,
      @Nullable PostView ref,
      @Nullable Boolean unavailable,
      @Nullable List<String> reactions) {
    return views.get(new Parts(post, author, ref, unavailable, reactions), Parts::view);
  }

  /// An original as its author is shown it who has just written it.
  static PostView fresh(Post post, Profile author) {
    return new Parts(post, author, null, null, List.of()).view();
  }

  /// What a view is made of.
  private record Parts(
      Post post,
      Profile author,
      @Nullable PostView ref,
      @Nullable Boolean unavailable,
      @Nullable List<String> reactions) {

    PostView view() {
      return new PostView(
          post.id(),
          PersonView.of(author),
          WireNames.of(post.kind()),
          post.text(),
          post.media(),
          ref,
          unavailable,
          null,
          WireNames.of(post.visibility()),
          WireNames.of(post.status()),
          post.hashtags(),
          post.counts(),
          reactions == null ? null : new PostView.ViewerState(reactions),
          post.createdAt(),
          post.editedAt());
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // The class says why.
    public boolean equals(@Nullable Object other) {
      return other instanceof Parts parts
          && post == parts.post
          && author == parts.author
          && ref == parts.ref
          && Objects.equals(unavailable, parts.unavailable)
          && Objects.equals(reactions, parts.reactions);
    }

    @Override
    public int hashCode() {
      int hash = System.identityHashCode(post);
      hash = 31 * hash + System.identityHashCode(author);
      hash = 31 * hash + System.identityHashCode(ref);
      return 31 * hash + Objects.hashCode(reactions);
    }
  }
}
