package dev.fireside.accounts;

import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.shared.ids.Uid;

/// Follows somebody: one document.
final class FollowPerson {
  private final LinkPeople linkPeople;
  private final Links links;

  FollowPerson(LinkPeople linkPeople, Links links) {
    this.linkPeople = linkPeople;
    this.links = links;
  }

  /// A block that is committed after the look below deletes the follow itself; one committed before
  /// is seen. If this process dies in between, the event of the follow looks again.
  void follow(Uid caller, Uid target, String id) {
    linkPeople.check(Link.FOLLOW, "follow", caller, target);
    links.create(Link.FOLLOW, id, caller, target);
    if (links.isBlocked(caller, target)) {
      links.delete(Link.FOLLOW, caller, target);
      throw Problems.noSuchUser();
    }
  }
}
