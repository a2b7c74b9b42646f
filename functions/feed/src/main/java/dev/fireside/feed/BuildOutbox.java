package dev.fireside.feed;

import dev.fireside.feed.domain.Slice;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import java.util.List;

/// Builds the list of an author's posts anew from Firestore.
final class BuildOutbox {
  private final Stores stores;
  private final Ids ids;

  BuildOutbox(Platform platform, Stores stores) {
    this.stores = stores;
    this.ids = platform.ids();
  }

  /// Builds it, and answers with what is in it.
  Slice build(Uid author) {
    String token = ids.next();
    stores.outboxes().beginAnew(List.of(author), token);
    Slice posts = stores.posts().newestOf(author, stores.ofOneAuthorMax());
    stores.outboxes().finish(author, token, posts);
    return posts;
  }
}
