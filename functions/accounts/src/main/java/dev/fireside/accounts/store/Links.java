package dev.fireside.accounts.store;

import com.google.cloud.firestore.Query;
import dev.fireside.accounts.store.Link.End;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.load.Together;
import dev.fireside.shared.store.AlreadyExistsException;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Writes;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.FollowLists;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.Recounter;
import dev.fireside.social.store.RelationReader;
import dev.fireside.social.store.Totals;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Follows, blocks and mutes: their documents, the lists of follows that change with them, and the
/// relation hashes copied from them.
public final class Links {
  /// Links deleted in one commit, each with its place in a list.
  private static final int PAGE = Documents.BATCH_MAX / 2;

  private final Documents documents;
  private final FollowLists lists;
  private final RelationReader relations;
  private final Recounter recounter;
  private final Clock clock;

  public Links(Platform platform) {
    this.documents = platform.documents();
    this.lists = new FollowLists(platform);
    this.relations = new RelationReader(platform);
    this.recounter = new Recounter(platform);
    this.clock = platform.clock();
  }

  /// One entry of a list.
  ///
  /// @param id the link's ULID, by which lists are ordered
  /// @param person who is at its other end
  public record Entry(String id, Uid person) {}

  /// How many links of a kind a person has made.
  public long countFrom(Link link, Uid from) {
    return documents.count(query(link, End.FROM, from)).count();
  }

  /// Whether the link exists.
  public boolean exists(Link link, Uid from, Uid to) {
    return documents.get(link.path(from, to)).isPresent();
  }

  /// Whether either person blocks the other, by the documents.
  public boolean isBlocked(Uid a, Uid b) {
    return !documents.getAll(List.of(Link.BLOCK.path(a, b), Link.BLOCK.path(b, a))).isEmpty();
  }

  /// Creates a link; one that exists already stays as it is.
  public void create(Link link, String id, Uid from, Uid to) {
    try {
      Optional<Instant> at =
          commit(
              link,
              from,
              to,
              true,
              writes -> {
                writes.create(link.path(from, to), fields(link, id, from, to));
                if (link == Link.FOLLOW) {
                  FollowLists.add(writes, from, to);
                }
              });
      at.ifPresentOrElse(
          time -> keep(link, from, to, true, Document.versionOf(time)),
          () -> keepExisting(link, from, to));
    } catch (AlreadyExistsException e) {
      keepExisting(link, from, to);
    }
  }

  private Optional<Instant> commit(
      Link link, Uid from, Uid to, boolean wanted, Consumer<Writes> body) {
    return link == Link.FOLLOW
        ? lists.commit(List.of(from), body, () -> exists(link, from, to) == wanted)
        : Optional.of(documents.batch(body));
  }

  /// Creates a block and ends the follows between the two, all at once.
  public void createBlock(String id, Uid blocker, Uid blocked) {
    try {
      Instant at =
          lists.commit(
              List.of(blocker, blocked),
              writes -> {
                writes.create(
                    Link.BLOCK.path(blocker, blocked), fields(Link.BLOCK, id, blocker, blocked));
                delete(writes, Link.FOLLOW, blocker, blocked);
                delete(writes, Link.FOLLOW, blocked, blocker);
              });
      long version = Document.versionOf(at);
      keep(Link.BLOCK, blocker, blocked, true, version);
      keep(Link.FOLLOW, blocker, blocked, false, version);
      keep(Link.FOLLOW, blocked, blocker, false, version);
    } catch (AlreadyExistsException e) {
      keepExisting(Link.BLOCK, blocker, blocked);
    }
  }

  /// Ends a link, if it exists.
  public void delete(Link link, Uid from, Uid to) {
    commit(link, from, to, false, writes -> delete(writes, link, from, to))
        .ifPresent(at -> keep(link, from, to, false, Document.versionOf(at)));
  }

  private static void delete(Writes writes, Link link, Uid from, Uid to) {
    writes.delete(link.path(from, to));
    if (link == Link.FOLLOW) {
      FollowLists.remove(writes, from, to);
    }
  }

  /// Keeps a link or its end in Redis, unless something newer is kept.
  ///
  /// @return false while Redis is away
  public boolean keep(Link link, Uid from, Uid to, boolean present, long version) {
    return switch (link) {
      case FOLLOW -> relations.keepFollow(from, to, present, version);
      case BLOCK -> relations.keepBlock(from, to, present, version);
      case MUTE -> relations.keepMute(from, to, present, version);
    };
  }

  /// Entries of a list, newest first.
  ///
  /// @param self the end at which `uid` is
  /// @param after the id of the entry before the first one wanted; null to begin
  public List<Entry> list(Link link, End self, Uid uid, @Nullable String after, int limit) {
    Query query = query(link, self, uid).orderBy("id", Query.Direction.DESCENDING).limit(limit);
    String other = link.field(self.other());
    return documents.list(after == null ? query : query.startAfter(after)).stream()
        .map(document ->
            new Entry(
                document.fields().requiredText("id"),
                new Uid(document.fields().requiredText(other))))
        .toList();
  }

  /// Ends the follows between two people while `blocker` blocks the other.
  public void cutFollows(Uid blocker, Uid blocked) {
    cut(
        Link.FOLLOW,
        List.of(new Pair(blocker, blocked), new Pair(blocked, blocker)),
        List.of(Link.BLOCK.path(blocker, blocked)));
  }

  /// Ends a link that slipped in beside a block or a deletion.
  public void cutForbidden(Link link, Uid from, Uid to) {
    var reasons = new ArrayList<>(List.of(ProfileReader.path(from), ProfileReader.path(to)));
    if (link == Link.FOLLOW) {
      reasons.add(Link.BLOCK.path(from, to));
      reasons.add(Link.BLOCK.path(to, from));
    }
    cut(link, List.of(new Pair(from, to)), reasons);
  }

  private record Pair(Uid from, Uid to) {}

  /// Deletes links while there is a reason to: a block, or the tombstone of a person.
  ///
  /// Both are read at one time, and only these very links are deleted: the event of a block may
  /// come after it was lifted, and must not end what was begun since.
  private void cut(Link link, List<Pair> pairs, List<String> reasons) {
    var all = new ArrayList<>(reasons);
    pairs.forEach(pair -> all.add(link.path(pair.from(), pair.to())));
    documents.writeIfUnchanged(writes -> {
      Map<String, Document> found = documents.getAll(all);
      if (reasons.stream().map(found::get).anyMatch(Links::forbids)) {
        for (Pair pair : pairs) {
          Document document = found.get(link.path(pair.from(), pair.to()));
          if (document != null) {
            cut(writes, link, pair, document);
          }
        }
      }
      return true;
    });
  }

  private void cut(Writes writes, Link link, Pair pair, Document document) {
    writes.delete(document);
    if (link == Link.FOLLOW) {
      lists.make(pair.from());
      FollowLists.remove(writes, pair.from(), pair.to());
    }
  }

  private static boolean forbids(@Nullable Document document) {
    return document != null && (document.path().startsWith("blocks/") || isDeleted(document));
  }

  private static boolean isDeleted(Document user) {
    return user.fields().text("status").equals(Optional.of(WireNames.of(AccountStatus.DELETED)));
  }

  /// Counts anew whom a person follows, and by whom the other is followed.
  public void recountFollow(Uid follower, Uid followee, Instant changedAt) {
    // At once: each may have to wait for its turn.
    var sides =
        List.of(new Side(follower, "following", End.FROM), new Side(followee, "followers", End.TO));
    Together.each(
        sides,
        sides.size(),
        side -> {
          recount(side, changedAt);
          return side;
        });
  }

  private record Side(Uid uid, String total, End self) {}

  private void recount(Side side, Instant changedAt) {
    recounter.recount(
        ProfileReader.path(side.uid()),
        side.total(),
        changedAt,
        () -> {
          var counted = documents.count(query(Link.FOLLOW, side.self(), side.uid()));
          // A tombstone keeps nothing about the person.
          Function<Document, Map<String, Object>> fields =
              user ->
                  isDeleted(user) ? Map.of() : Map.of("counts." + side.total(), counted.count());
          return Totals.of(counted, fields);
        });
  }

  /// Removes a page of somebody's links, of the first kind and direction that has any.
  ///
  /// @return whether there may be more
  public boolean deletePage(Uid uid) {
    for (Link link : Link.values()) {
      for (End self : End.values()) {
        List<Document> found = documents.list(query(link, self, uid).limit(PAGE));
        if (!found.isEmpty()) {
          deleteAll(link, self, found);
          return true;
        }
      }
    }
    documents.delete(FollowLists.path(uid));
    return false;
  }

  private void deleteAll(Link link, End self, List<Document> found) {
    if (link == Link.FOLLOW && self == End.TO) {
      List<Uid> followers =
          found.stream().map(follow -> new Uid(follow.fields().requiredText("follower"))).toList();
      lists.commit(
          followers,
          writes ->
              found.forEach(follow ->
                  delete(
                      writes,
                      link,
                      new Uid(follow.fields().requiredText("follower")),
                      new Uid(follow.fields().requiredText("followee")))));
    } else {
      // The person's own list goes as a whole.
      documents.deleteAll(found.stream().map(Document::path).toList());
    }
  }

  private void keepExisting(Link link, Uid from, Uid to) {
    documents
        .get(link.path(from, to))
        .ifPresent(document -> keep(link, from, to, true, document.version()));
  }

  private Query query(Link link, End self, Uid uid) {
    return documents.collection(link.collection()).whereEqualTo(link.field(self), uid.value());
  }

  private Map<String, Object> fields(Link link, String id, Uid from, Uid to) {
    return Map.of(
        "id",
        id,
        link.field(End.FROM),
        from.value(),
        link.field(End.TO),
        to.value(),
        "createdAt",
        clock.instant());
  }
}
