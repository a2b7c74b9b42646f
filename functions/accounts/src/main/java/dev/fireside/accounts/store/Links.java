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
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.Recounter;
import dev.fireside.social.store.RelationReader;
import dev.fireside.social.store.Totals;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Follows, blocks and mutes: their documents, and the relation hashes copied from them.
public final class Links {
  /// Documents deleted in one commit.
  private static final int PAGE = Documents.BATCH_MAX;

  private final Documents documents;
  private final RelationReader relations;
  private final Recounter recounter;
  private final Clock clock;

  public Links(Platform platform) {
    this.documents = platform.documents();
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
    Optional<Instant> created = documents.create(link.path(from, to), fields(link, id, from, to));
    if (created.isPresent()) {
      keep(link, from, to, true, Document.versionOf(created.get()));
    } else {
      keepExisting(link, from, to);
    }
  }

  /// Creates a block and ends the follows between the two, all at once.
  public void createBlock(String id, Uid blocker, Uid blocked) {
    try {
      Instant at =
          documents.batch(batch -> {
            batch.create(
                Link.BLOCK.path(blocker, blocked), fields(Link.BLOCK, id, blocker, blocked));
            batch.delete(Link.FOLLOW.path(blocker, blocked));
            batch.delete(Link.FOLLOW.path(blocked, blocker));
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
    Instant at = documents.batch(batch -> batch.delete(link.path(from, to)));
    keep(link, from, to, false, Document.versionOf(at));
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
        List.of(Link.FOLLOW.path(blocker, blocked), Link.FOLLOW.path(blocked, blocker)),
        List.of(Link.BLOCK.path(blocker, blocked)));
  }

  /// Ends a link that slipped in beside a block or a deletion.
  public void cutForbidden(Link link, Uid from, Uid to) {
    var reasons = new ArrayList<>(List.of(ProfileReader.path(from), ProfileReader.path(to)));
    if (link == Link.FOLLOW) {
      reasons.add(Link.BLOCK.path(from, to));
      reasons.add(Link.BLOCK.path(to, from));
    }
    cut(List.of(link.path(from, to)), reasons);
  }

  /// Deletes links while there is a reason to: a block, or the tombstone of a person.
  ///
  /// Both are read at one time, and only these very links are deleted: the event of a block may
  /// come after it was lifted, and must not end what was begun since.
  private void cut(List<String> links, List<String> reasons) {
    var all = new ArrayList<>(links);
    all.addAll(reasons);
    documents.writeIfUnchanged(writes -> {
      Map<String, Document> found = documents.getAll(all);
      if (reasons.stream().map(found::get).anyMatch(Links::forbids)) {
        links.stream().map(found::get).filter(Objects::nonNull).forEach(writes::delete);
      }
      return true;
    });
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
        List<String> paths =
            documents.list(query(link, self, uid).limit(PAGE)).stream()
                .map(Document::path)
                .toList();
        if (!paths.isEmpty()) {
          documents.deleteAll(paths);
          return true;
        }
      }
    }
    return false;
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
