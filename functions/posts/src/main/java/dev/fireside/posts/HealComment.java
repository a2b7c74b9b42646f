package dev.fireside.posts;

import dev.fireside.posts.domain.Comment;
import dev.fireside.posts.domain.Tally;
import dev.fireside.posts.store.CommentStore;
import dev.fireside.posts.store.PurgeStore;
import dev.fireside.posts.store.Stores;
import dev.fireside.posts.store.TotalStore;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.store.PostReader;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts right the totals that depend on a comment once it was written: its post's, and those of the
/// comment it answers.
final class HealComment {
  private final TotalStore totals;
  private final PostReader reader;
  private final PurgeStore purge;

  HealComment(Stores stores) {
    this.totals = stores.totals();
    this.reader = stores.reader();
    this.purge = stores.purge();
  }

  void heal(DocumentChange change) {
    Comment before = parse(change.before());
    Comment after = parse(change.after());
    Comment comment = after != null ? after : before;
    if (comment == null) {
      return;
    }
    Optional<Post> post = reader.get(comment.postId());
    boolean orphaned =
        post.isEmpty() && before == null && !purge.removeOrphan(change.path(), comment.postId());
    // Nobody asks for the totals of what is gone.
    if (orphaned || post.map(Post::status).filter(PostStatus.DELETED::equals).isPresent()) {
      return;
    }
    Instant changedAt = change.changedAt();
    if (isStanding(before) != isStanding(after)) {
      totals.recount(comment.postId(), Tally.COMMENTS, changedAt);
    }
    if (comment.parent() != null && isShown(before) != isShown(after)) {
      totals.recountReplies(comment.postId(), comment.parent(), changedAt);
    }
    if (after == null && comment.parent() != null) {
      purge.removeEmptied(comment.postId(), comment.parent());
    } else if (after != null && !after.isShown()) {
      purge.removeEmptied(after.postId(), after.id());
    }
  }

  private static boolean isStanding(@Nullable Comment comment) {
    return comment != null && !comment.deleted();
  }

  private static boolean isShown(@Nullable Comment comment) {
    return comment != null && comment.isShown();
  }

  private static @Nullable Comment parse(@Nullable Document document) {
    return document == null ? null : CommentStore.parse(document);
  }
}
