package dev.fireside.accounts;

import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.shared.ids.Uid;

/// Mutes somebody: they are kept out of the caller's feeds and do not learn of it.
final class MutePerson {
  private final LinkPeople linkPeople;
  private final Links links;

  MutePerson(LinkPeople linkPeople, Links links) {
    this.linkPeople = linkPeople;
    this.links = links;
  }

  void mute(Uid caller, Uid target, String id) {
    linkPeople.check(Link.MUTE, "mute", caller, target);
    links.create(Link.MUTE, id, caller, target);
  }
}
