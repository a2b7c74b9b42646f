package dev.fireside.accounts;

import dev.fireside.accounts.store.Links;
import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.events.Continuation;
import dev.fireside.shared.events.Topics;
import dev.fireside.shared.ids.Uid;

/// Removes what a deleted person leaves behind: follows, blocks and mutes in both directions, and
/// the account itself. It deletes whatever exists, so that it can be begun again at any time.
final class PurgePerson {
  /// Pages of 500 documents in one go; the rest is left to the next message.
  private static final int PAGES_MAX = 100;

  /// The topic of these messages.
  private static final String TOPIC = "accounts-purge-user";

  private final Accounts accounts;
  private final Continuation<Rest> pages;

  PurgePerson(Links links, Accounts accounts, Topics topics) {
    this.accounts = accounts;
    this.pages = new Continuation<>(topics, TOPIC, PAGES_MAX, rest -> links.deletePage(rest.uid()));
  }

  /// A message to go on.
  record Rest(Uid uid) {}

  void purge(Uid uid) {
    accounts.delete(uid);
    pages.run(new Rest(uid));
  }
}
