package dev.fireside.accounts;

import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.accounts.store.Links.Entry;
import dev.fireside.accounts.store.People;
import dev.fireside.accounts.store.People.Seen;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists the people at the other ends of somebody's links, newest first. Entries that the viewer
/// may not see are passed over, and the page is filled up with the next ones.
final class ListPeople {
  private final Links links;
  private final People people;

  ListPeople(Links links, People people) {
    this.links = links;
    this.people = people;
  }

  /// Which list.
  enum Kind {
    FOLLOWERS(Link.FOLLOW, Link.End.TO),
    FOLLOWING(Link.FOLLOW, Link.End.FROM),
    BLOCKS(Link.BLOCK, Link.End.FROM),
    MUTES(Link.MUTE, Link.End.FROM);

    final Link link;
    final Link.End self;

    Kind(Link link, Link.End self) {
      this.link = link;
      this.self = self;
    }

    /// Names the list in cursors.
    String context(Uid owner) {
      return "accounts/" + name() + "/" + owner;
    }
  }

  /// Somebody who is shown.
  ///
  /// @param id of the link
  private record Shown(String id, PersonView person) {}

  /// @param after id of the link after which the list goes on; null for the start
  Part<PersonView> list(
      Kind kind, Uid owner, @Nullable Uid viewer, int limit, @Nullable String after) {
    boolean open = kind == Kind.FOLLOWERS || kind == Kind.FOLLOWING;
    if (open && people.visible(viewer, owner).isEmpty()) {
      throw Problems.noSuchUser();
    }
    return Part.fill(
            limit,
            after,
            (position, count) -> links.list(kind.link, kind.self, owner, position, count),
            Entry::id,
            entries -> shown(kind, viewer, entries),
            Shown::id)
        .map(Shown::person);
  }

  private List<Shown> shown(Kind kind, @Nullable Uid viewer, List<Entry> entries) {
    Map<Uid, Seen> seen = people.look(viewer, entries.stream().map(Entry::person).toList());
    var shown = new ArrayList<Shown>();
    for (Entry entry : entries) {
      PersonView view = view(kind, viewer, seen.get(entry.person()));
      if (view != null) {
        shown.add(new Shown(entry.id(), view));
      }
    }
    return shown;
  }

  private static @Nullable PersonView view(Kind kind, @Nullable Uid viewer, @Nullable Seen seen) {
    if (seen == null || !seen.profile().isActive()) {
      return null;
    }
    // Whom one has blocked or muted is shown, or the block could not be lifted.
    boolean ownChoice = kind == Kind.BLOCKS || kind == Kind.MUTES;
    if (!ownChoice && !seen.isVisibleTo(viewer)) {
      return null;
    }
    boolean plain = viewer == null || seen.profile().uid().equals(viewer);
    return PersonView.of(
        seen.profile(), plain ? null : PersonView.inList(seen.relation(), kind == Kind.BLOCKS));
  }
}
