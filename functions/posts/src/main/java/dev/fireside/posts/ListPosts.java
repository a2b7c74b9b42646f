package dev.fireside.posts;

import dev.fireside.posts.store.People;
import dev.fireside.posts.store.PostStore;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.PostView;
import dev.fireside.social.domain.Relation;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.PostAssembler;
import dev.fireside.social.store.PostAssembler.Purpose;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists a person's posts, newest first.
final class ListPosts {
  private final PostStore posts;
  private final People people;
  private final PostAssembler assembler;

  ListPosts(PostStore posts, People people, PostAssembler assembler) {
    this.posts = posts;
    this.people = people;
    this.assembler = assembler;
  }

  /// @param after id of the post after which the list goes on; null for the start
  Part<PostView> list(@Nullable Uid viewer, Uid author, int limit, @Nullable String after) {
    Relation relation =
        people.seen(viewer, author).orElseThrow(() -> ProblemException.notFound("user"));
    boolean own = author.equals(viewer);
    // What the assembler would drop anyway is not read: a long private past costs nothing.
    Set<PostStatus> statuses =
        own ? EnumSet.of(PostStatus.ACTIVE, PostStatus.HIDDEN) : EnumSet.of(PostStatus.ACTIVE);
    Set<Visibility> visibilities = visibilities(own, relation);
    return Part.fill(
        limit,
        after,
        (position, count) -> posts.byAuthor(author, statuses, visibilities, position, count),
        PostEntry::id,
        entries -> assembler.assemble(viewer, entries, Purpose.READ),
        PostView::id);
  }

  private static Set<Visibility> visibilities(boolean own, Relation relation) {
    if (own) {
      return EnumSet.allOf(Visibility.class);
    }
    return relation.follows()
        ? EnumSet.of(Visibility.PUBLIC, Visibility.FOLLOWERS)
        : EnumSet.of(Visibility.PUBLIC);
  }
}
