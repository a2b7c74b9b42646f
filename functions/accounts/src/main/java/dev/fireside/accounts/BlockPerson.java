package dev.fireside.accounts;

import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.shared.ids.Uid;

/// Blocks somebody: neither sees the other any more, and neither follows the other.
final class BlockPerson {
  private final LinkPeople linkPeople;
  private final Links links;

  BlockPerson(LinkPeople linkPeople, Links links) {
    this.linkPeople = linkPeople;
    this.links = links;
  }

  void block(Uid caller, Uid target, String id) {
    linkPeople.check(Link.BLOCK, "block", caller, target);
    links.createBlock(id, caller, target);
  }
}
