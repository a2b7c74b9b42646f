package dev.fireside.social.domain;

import dev.fireside.shared.ids.Uid;
import org.jspecify.annotations.Nullable;

/// Who may see what. These rules hold at every read, whatever an index or a timeline says.
public final class Sight {
  private Sight() {}

  /// Whether a viewer may see a person.
  ///
  /// @param viewer null for anonymous viewers
  /// @param profile null where there is no such person
  public static boolean ofPerson(
      @Nullable Uid viewer, @Nullable Profile profile, Relation relation) {
    return profile != null
        && profile.isActive()
        && (profile.uid().equals(viewer) || !relation.blocked());
  }

  /// Whether a viewer who asks for a post may see it.
  ///
  /// @param author the profile of its author; null where there is no such person
  /// @param relation how the viewer stands to the author
  public static boolean ofPost(
      @Nullable Uid viewer, @Nullable Post post, @Nullable Profile author, Relation relation) {
    if (post == null) {
      return false;
    }
    return switch (post.status()) {
      case DELETED -> false;
      case HIDDEN -> ofWork(viewer, post.author(), Visibility.PRIVATE, author, relation);
      case ACTIVE -> ofWork(viewer, post.author(), post.visibility(), author, relation);
    };
  }

  /// Whether a viewer may see something that a person made.
  ///
  /// @param maker who made it
  /// @param author the profile of its maker; null where there is no such person
  /// @param relation how the viewer stands to the maker
  public static boolean ofWork(
      @Nullable Uid viewer,
      Uid maker,
      Visibility visibility,
      @Nullable Profile author,
      Relation relation) {
    if (author == null || !author.isActive()) {
      return false;
    }
    return maker.equals(viewer)
        || (!relation.blocked()
            && switch (visibility) {
              case PUBLIC -> true;
              case FOLLOWERS -> relation.follows();
              case PRIVATE -> false;
            });
  }

  /// Whether a post belongs into a viewer's feed: seen, and not muted.
  public static boolean inFeed(
      @Nullable Uid viewer, @Nullable Post post, @Nullable Profile author, Relation relation) {
    return ofPost(viewer, post, author, relation) && !relation.mutes();
  }

  /// Whether a post belongs into the feed of those who follow its author: in a feed, and the
  /// viewer's own or that of somebody they follow.
  public static boolean inHome(
      @Nullable Uid viewer, @Nullable Post post, @Nullable Profile author, Relation relation) {
    return post != null
        && inFeed(viewer, post, author, relation)
        && (post.author().equals(viewer) || relation.follows());
  }

  /// Whether a post that shows another is shown where that one may not be seen: a repost never, as
  /// nothing would be left of it.
  ///
  /// @param asked the viewer asks for the post; false where it comes by itself
  /// @param relation how the viewer stands to the author of the post that it shows
  public static boolean withoutRef(PostKind kind, boolean asked, Relation relation) {
    return switch (kind) {
      case ORIGINAL -> true;
      case REPOST -> false;
      case QUOTE -> asked || mayInvolve(relation);
    };
  }

  /// Whether a post that comes by itself may have to do with somebody: show their post, also
  /// through posts in between, or name them in its text.
  ///
  /// @param relation how the viewer stands to that person
  public static boolean mayInvolve(Relation relation) {
    return !relation.blocked() && !relation.mutes();
  }
}
