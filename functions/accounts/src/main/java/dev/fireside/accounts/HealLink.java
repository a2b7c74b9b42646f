package dev.fireside.accounts;

import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.PoisonEventException;
import dev.fireside.shared.ids.Uid;

/// Puts right what depends on a link once it was made or ended: the relation hashes, the totals,
/// and other links that it forbids.
final class HealLink {
  private final Links links;

  HealLink(Links links) {
    this.links = links;
  }

  void heal(Link link, DocumentChange change) {
    String[] pair = change.id().split(":", -1);
    if (pair.length != 2 || !Uid.isValid(pair[0]) || !Uid.isValid(pair[1])) {
      throw new PoisonEventException(change.path() + " does not name two people");
    }
    Uid from = new Uid(pair[0]);
    Uid to = new Uid(pair[1]);
    boolean present = change.after() != null;
    boolean kept = links.keep(link, from, to, present, change.version());
    if (present) {
      links.cutForbidden(link, from, to);
    }
    switch (link) {
      case FOLLOW -> links.recountFollow(from, to, change.changedAt());
      case BLOCK -> links.cutFollows(from, to);
      case MUTE -> {}
    }
    NotKeptException.unless(kept);
  }
}
