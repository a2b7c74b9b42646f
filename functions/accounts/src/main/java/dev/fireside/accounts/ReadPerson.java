package dev.fireside.accounts;

import dev.fireside.accounts.PersonView.RelationView;
import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.accounts.store.People;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.ids.Uid;
import org.jspecify.annotations.Nullable;

/// Reads one person, as the viewer may see them.
final class ReadPerson {
  private final People people;
  private final Links links;

  ReadPerson(People people, Links links) {
    this.people = people;
    this.links = links;
  }

  PersonView read(@Nullable Principal viewer, Uid uid) {
    Uid viewerUid = viewer == null ? null : viewer.uid();
    var seen = people.visible(viewerUid, uid).orElseThrow(Problems::noSuchUser);
    if (viewer == null) {
      return PersonView.of(seen.profile(), null);
    }
    if (viewer.uid().equals(uid)) {
      return PersonView.own(seen.profile(), viewer.roles());
    }
    // One read. The other's relation hash would know too, but to fill it costs thousands.
    boolean followedBy = links.exists(Link.FOLLOW, uid, viewer.uid());
    var relation =
        new RelationView(seen.relation().follows(), followedBy, seen.relation().mutes(), false);
    return PersonView.of(seen.profile(), relation);
  }
}
