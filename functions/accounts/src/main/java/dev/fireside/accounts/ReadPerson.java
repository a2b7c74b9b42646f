package dev.fireside.accounts;

import dev.fireside.accounts.PersonView.RelationView;
import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.accounts.store.People;
import dev.fireside.accounts.store.People.Seen;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.social.domain.Profile;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads one person, as the viewer may see them.
final class ReadPerson {
  private final People people;
  private final Links links;

  ReadPerson(People people, Links links) {
    this.people = people;
    this.links = links;
  }

  /// A person, once the batch has run. Reading throws a 404 problem where the viewer may not see
  /// anybody.
  Supplier<PersonView> read(Batch batch, @Nullable Principal viewer, Uid uid) {
    Uid viewerUid = viewer == null ? null : viewer.uid();
    var look = people.look(batch, viewerUid, List.of(uid));
    if (viewerUid == null || viewerUid.equals(uid)) {
      return () -> {
        Profile profile = visible(look.get().get(uid), viewerUid).profile();
        return viewer == null
            ? PersonView.of(profile, null)
            : PersonView.own(profile, viewer.roles());
      };
    }
    var known = people.knownToFollow(batch, uid, viewerUid);
    return () -> {
      Seen seen = visible(look.get().get(uid), viewerUid);
      // Else one read. To fill the other's relation hash for this would cost thousands.
      boolean followedBy = known.get().orElseGet(() -> links.exists(Link.FOLLOW, uid, viewerUid));
      var relation =
          new RelationView(seen.relation().follows(), followedBy, seen.relation().mutes(), false);
      return PersonView.of(seen.profile(), relation);
    };
  }

  private static Seen visible(@Nullable Seen seen, @Nullable Uid viewer) {
    if (seen == null || !seen.isVisibleTo(viewer)) {
      throw Problems.noSuchUser();
    }
    return seen;
  }
}
