package dev.fireside.posts;

import dev.fireside.posts.domain.Tally;
import dev.fireside.posts.store.Stores;
import dev.fireside.posts.store.TotalStore;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.store.PostDocument;
import dev.fireside.social.store.PostReader;
import dev.fireside.social.store.ProfileReader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Puts right what depends on a post once it was written: the cache, the totals of the post it
/// shows, and its author's.
final class HealPost {
  private final PostReader reader;
  private final TotalStore totals;

  private final ProfileReader profiles;
  private final PurgePerson purgePerson;

  HealPost(Stores stores, ProfileReader profiles, PurgePerson purgePerson) {
    this.reader = stores.reader();
    this.totals = stores.totals();
    this.profiles = profiles;
    this.purgePerson = purgePerson;
  }

  void heal(DocumentChange change) {
    Post before = parse(change.before());
    Post after = parse(change.after());
    boolean kept = reader.keep(Ids.fromDocumentName(change.id()), after, change.version());
    if (changesTotals(before, after)) {
      Instant changedAt = change.changedAt();
      recount(before != null ? before : after, changedAt);
    }
    if (before == null && after != null && isGone(after.author())) {
      // Written while its author was being removed.
      purgePerson.purge(after.author());
    }
    NotKeptException.unless(kept);
  }

  private void recount(@Nullable Post post, Instant changedAt) {
    if (post == null) {
      return;
    }
    totals.recountPosts(post.author(), changedAt);
    if (post.ref() != null) {
      Tally tally = post.kind() == PostKind.REPOST ? Tally.REPOSTS : Tally.QUOTES;
      totals.recount(post.ref().id(), tally, changedAt);
    }
  }

  /// Whether it counts differently now: not so after an edit, or after its own totals were written.
  private static boolean changesTotals(@Nullable Post before, @Nullable Post after) {
    return before == null
        || after == null
        || before.status() != after.status()
        || before.visibility() != after.visibility();
  }

  private boolean isGone(Uid author) {
    return profiles
        .get(author)
        .filter(found -> found.status() == AccountStatus.DELETED)
        .isPresent();
  }

  private static @Nullable Post parse(@Nullable Document document) {
    return document == null ? null : PostDocument.parse(document);
  }
}
