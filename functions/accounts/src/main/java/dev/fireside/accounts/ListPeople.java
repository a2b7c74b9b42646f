package dev.fireside.accounts;

import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.accounts.store.Links.Entry;
import dev.fireside.accounts.store.People;
import dev.fireside.accounts.store.People.Seen;
import dev.fireside.shared.ids.Uid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists the people at the other ends of somebody's links, newest first. Entries that the viewer
/// may not see are passed over, and the page is filled up with the next ones.
final class ListPeople {
  /// Entries looked at for one page, at most: somebody with thousands of suspended followers gets
  /// short pages, not slow ones.
  private static final int EXAMINED_MAX = 1_000;

  /// Entries read at once to fill up a page, at least.
  private static final int REFILL_MIN = 20;

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

  /// A page.
  ///
  /// @param position of the last person shown, or passed over; null when nobody is left
  record Slice(List<PersonView> items, @Nullable String position) {}

  Slice list(Kind kind, Uid owner, @Nullable Uid viewer, int size, @Nullable String after) {
    boolean open = kind == Kind.FOLLOWERS || kind == Kind.FOLLOWING;
    if (open && people.visible(viewer, owner).isEmpty()) {
      throw Problems.noSuchUser();
    }
    var items = new ArrayList<PersonView>();
    String shown = after;
    String examined = after;
    int seenEntries = 0;
    // One more than asked for: only then it is known whether the page is the last.
    int limit = size + 1;
    while (seenEntries < EXAMINED_MAX) {
      List<Entry> entries = links.list(kind.link, kind.self, owner, examined, limit);
      Map<Uid, Seen> seen = people.look(viewer, entries.stream().map(Entry::person).toList());
      for (Entry entry : entries) {
        examined = entry.id();
        PersonView view = view(kind, viewer, seen.get(entry.person()));
        if (view == null) {
          continue;
        }
        if (items.size() == size) {
          return new Slice(items, shown);
        }
        items.add(view);
        shown = entry.id();
      }
      if (entries.size() < limit) {
        return new Slice(items, null);
      }
      seenEntries += entries.size();
      limit = Math.clamp(size + 1L - items.size(), REFILL_MIN, size + REFILL_MIN);
    }
    return new Slice(items, examined);
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
