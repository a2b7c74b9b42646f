package dev.fireside.accounts;

import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.accounts.store.People;
import dev.fireside.accounts.store.People.Seen;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.store.RelationReader;
import java.util.List;

/// What holds for every new link between two people.
final class LinkPeople {
  private final Links links;
  private final People people;

  LinkPeople(Links links, People people) {
    this.links = links;
    this.people = people;
  }

  /// Checks that `caller` may link to `target`. Throws a problem otherwise.
  ///
  /// The caches may lag behind by a moment: what they let through, the use cases and the events
  /// look at again.
  void check(Link link, String verb, Uid caller, Uid target) {
    if (caller.equals(target)) {
      throw Problems.onSelf(verb);
    }
    var seen = people.look(caller, List.of(caller, target));
    Seen self = seen.get(caller);
    if (self == null || !self.profile().isActive()) {
      throw ProblemException.conflict(
          Reason.NO_PROFILE, "Create your profile first, with POST /api/users");
    }
    Seen other = seen.get(target);
    if (other == null
        || !(other.isVisibleTo(caller) || (link != Link.FOLLOW && isOwnBlock(caller, other)))) {
      throw Problems.noSuchUser();
    }
    if (links.countFrom(link, caller) >= RelationReader.EACH_MAX
        && !links.exists(link, caller, target)) {
      throw ProblemException.conflict(
          Reason.TOO_MANY,
          "You cannot " + verb + " more than " + RelationReader.EACH_MAX + " people");
    }
  }

  /// Own blocks hide people too, but whoever blocks or mutes them again is answered that it is
  /// done.
  private boolean isOwnBlock(Uid caller, Seen other) {
    Uid target = other.profile().uid();
    return other.profile().isActive()
        && !links.exists(Link.BLOCK, target, caller)
        && links.exists(Link.BLOCK, caller, target);
  }
}
