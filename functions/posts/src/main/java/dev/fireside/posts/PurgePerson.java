package dev.fireside.posts;

import dev.fireside.posts.store.PurgeStore;
import dev.fireside.shared.events.Continuation;
import dev.fireside.shared.events.Topics;
import dev.fireside.shared.ids.Uid;

/// Removes what a deleted person wrote: posts with all below them, comments, reactions. It removes
/// whatever exists, so that it can be begun again at any time.
final class PurgePerson {
  /// Pages in one go; the rest is left to the next message.
  private static final int PAGES_MAX = 20;

  private static final String TOPIC = "posts-purge-user";

  private final Continuation<Rest> pages;

  PurgePerson(PurgeStore store, Topics topics) {
    this.pages =
        new Continuation<>(topics, TOPIC, PAGES_MAX, rest -> store.purgePageOf(rest.uid()));
  }

  /// A message to go on.
  record Rest(Uid uid) {}

  void purge(Uid uid) {
    pages.run(new Rest(uid));
  }
}
