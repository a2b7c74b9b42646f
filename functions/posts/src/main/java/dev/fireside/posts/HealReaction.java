package dev.fireside.posts;

import dev.fireside.posts.domain.Tally;
import dev.fireside.posts.store.PurgeStore;
import dev.fireside.posts.store.Stores;
import dev.fireside.posts.store.TotalStore;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.PoisonEventException;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.store.PostReader;
import dev.fireside.social.store.ReactionReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts right what depends on somebody's reactions once they were written: what Redis knows of
/// them, and the post's totals.
final class HealReaction {
  private final TotalStore totals;
  private final PostReader posts;
  private final PurgeStore purge;
  private final ReactionReader reader;

  HealReaction(Stores stores, ReactionReader reader) {
    this.totals = stores.totals();
    this.posts = stores.reader();
    this.purge = stores.purge();
    this.reader = reader;
  }

  void heal(DocumentChange change) {
    Document either = change.after() != null ? change.after() : change.before();
    Optional<String> postId =
        Optional.ofNullable(either)
            .flatMap(found -> found.fields().text("postId"))
            .filter(Ids::isUlid);
    Optional<Uid> uid =
        Optional.ofNullable(either)
            .flatMap(found -> found.fields().text("uid"))
            .filter(Uid::isValid)
            .map(Uid::new);
    if (postId.isEmpty() || uid.isEmpty()) {
      throw new PoisonEventException(change.path() + " does not name a post and a person");
    }
    List<String> before = kinds(change.before());
    List<String> after = kinds(change.after());
    boolean kept = reader.keep(uid.get(), postId.get(), after, change.version());
    if (isCounted(change, postId.get())) {
      for (String kind : changed(before, after)) {
        Tally.ofReaction(kind)
            .ifPresent(tally -> totals.recount(postId.get(), tally, change.changedAt()));
      }
    }
    NotKeptException.unless(kept);
  }

  /// Nobody asks for the totals of what is gone.
  private boolean isCounted(DocumentChange change, String postId) {
    Optional<Post> post = posts.get(postId);
    boolean orphaned =
        post.isEmpty() && change.before() == null && !purge.removeOrphan(change.path(), postId);
    return !orphaned && post.map(Post::status).filter(PostStatus.DELETED::equals).isEmpty();
  }

  /// The kinds that are in one of the two only.
  private static Set<String> changed(List<String> before, List<String> after) {
    Set<String> changed = new LinkedHashSet<>(before);
    for (String kind : after) {
      if (!changed.remove(kind)) {
        changed.add(kind);
      }
    }
    return changed;
  }

  private static List<String> kinds(@Nullable Document document) {
    return document == null ? List.of() : document.fields().texts("kinds");
  }
}
