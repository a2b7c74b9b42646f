package dev.fireside.accounts;

import dev.fireside.accounts.store.Links;
import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.events.Topics;
import dev.fireside.shared.ids.Uid;

/// Removes what a deleted person leaves behind: follows, blocks and mutes in both directions, and
/// the account itself. It deletes whatever exists, so that it can be begun again at any time.
final class PurgePerson {
  /// Pages of 500 documents in one go; the rest is left to the next message.
  private static final int PAGES_MAX = 100;

  /// The topic of these messages.
  private static final String TOPIC = "accounts-purge-user";

  private final Links links;
  private final Accounts accounts;
  private final Topics topics;

  PurgePerson(Links links, Accounts accounts, Topics topics) {
    this.links = links;
    this.accounts = accounts;
    this.topics = topics;
  }

  /// A message to go on.
  record Rest(Uid uid) {}

  void purge(Uid uid) {
    accounts.delete(uid);
    if (links.deleteAll(uid, PAGES_MAX)) {
      topics.publish(TOPIC, new Rest(uid));
    }
  }
}
