package dev.fireside.accounts;

import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.shared.ids.Uid;

/// Ends a follow, block or mute. Whoever the other is: ending what is not there is done.
final class UnlinkPeople {
  private final Links links;

  UnlinkPeople(Links links) {
    this.links = links;
  }

  void unlink(Link link, Uid caller, Uid target) {
    if (!caller.equals(target)) {
      links.delete(link, caller, target);
    }
  }
}
