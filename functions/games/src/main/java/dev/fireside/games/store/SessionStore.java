package dev.fireside.games.store;

import com.google.cloud.firestore.Query;
import dev.fireside.games.domain.Append;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.EventTotals;
import dev.fireside.play.domain.GameEvent;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionState;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.SessionDocument;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Game sessions in Firestore: `games/{name}`, and their logs below, `batches/{number of the first
/// event}`.
public final class SessionStore {
  private static final int PAGE = 200;

  /// Open sessions that are read; more than anybody may have.
  private static final int OPEN_READ = 100;

  /// Batches that are read at a time.
  private static final int BATCHES = 10;

  private final Documents documents;
  private final Clock clock;

  public SessionStore(Platform platform) {
    this.documents = platform.documents();
    this.clock = platform.clock();
  }

  /// A session.
  public Optional<GameSession> find(SessionId id) {
    return documents.get(SessionDocument.path(id)).map(SessionDocument::parse).filter(this::isKept);
  }

  /// Firestore removes what is due within a day or two, not at once.
  private boolean isKept(GameSession session) {
    return clock.instant().isBefore(session.deleteAt());
  }

  /// Decides on a new session.
  public interface Start {
    /// The session to be started; throws to refuse, and may be asked more than once.
    ///
    /// @param board null where there is none
    GameSession decide(@Nullable Board board);
  }

  /// Starts a session, unless an earlier attempt of the same request did. The oldest ones that the
  /// player has open are abandoned where there would be more than `openMax`.
  ///
  /// @return the session that exists now
  public GameSession start(
      Uid uid, SessionId id, BoardId board, Instant now, int openMax, Start start) {
    String path = SessionDocument.path(id);
    return documents.transact(transaction -> {
      Map<String, Document> found = transaction.getAll(List.of(BoardStore.path(board), path));
      Document earlier = found.get(path);
      if (earlier != null) {
        return SessionDocument.parse(earlier);
      }
      Document document = found.get(BoardStore.path(board));
      GameSession session = start.decide(document == null ? null : BoardStore.parse(document));
      List<Document> open = transaction.list(openAt(uid, now));
      open.stream()
          .sorted(Comparator.comparing(it -> SessionDocument.parse(it).startedAt()))
          .limit(Math.max(0, open.size() + 1 - openMax))
          .forEach(oldest -> transaction.update(oldest.path(), abandoned(oldest, now)));
      transaction.create(path, SessionDocument.fields(session));
      return session;
    });
  }

  private static Map<String, Object> abandoned(Document open, Instant now) {
    return SessionDocument.fields(SessionDocument.parse(open).abandoned(now));
  }

  private Query openAt(Uid uid, Instant now) {
    return documents
        .collection("games")
        .whereEqualTo("uid", uid.value())
        .whereEqualTo("state", WireNames.of(SessionState.OPEN))
        .whereGreaterThan("expiresAt", Times.timestamp(now))
        .limit(OPEN_READ);
  }

  /// A player's sessions of the time that they are kept, newest first.
  ///
  /// @param before id after which the list goes on; null for the start
  public List<GameSession> byPlayer(Uid uid, @Nullable String before, int count) {
    Query query =
        documents
            .collection("games")
            .whereEqualTo("uid", uid.value())
            .orderBy("id", Query.Direction.DESCENDING)
            .limit(count);
    return documents.list(before == null ? query : query.startAfter(before)).stream()
        .map(SessionDocument::parse)
        .filter(this::isKept)
        .toList();
  }

  /// Adds events to a session: the log and its totals together. Two who add at the same time do so
  /// one after the other.
  ///
  /// @param decide what is to be added to the session as it is; may throw to refuse, and may be
  ///   asked more than once
  /// @return what was decided; empty when there is no such session
  public Optional<Append> append(SessionId id, Function<GameSession, Append> decide) {
    String path = SessionDocument.path(id);
    return documents.writeIfUnchanged(writes -> {
      Document document = documents.get(path).orElse(null);
      if (document == null) {
        return Optional.empty();
      }
      GameSession session = SessionDocument.parse(document);
      Append append = decide.apply(session);
      if (!(append instanceof Append.Fresh(List<GameEvent> fresh, _, EventTotals totals))) {
        return Optional.of(append);
      }
      byte[] packed = EventLog.packed(fresh);
      long bytes = totals.bytes() + packed.length;
      if (bytes > Append.BYTES_MAX) {
        return Optional.of(new Append.Full());
      }
      writes.update(
          document,
          Map.of(
              "lastSeq", totals.lastSeq(),
              "events", totals.count(),
              "bytes", bytes,
              "points", totals.points(),
              "lastEventAt", totals.lastAt()));
      writes.create(
          batches(id) + "/" + String.format(Locale.ROOT, "%08d", fresh.getFirst().seq()),
          Map.of("last", totals.lastSeq(), "deleteAt", session.deleteAt(), "packed", packed));
      return Optional.of(append);
    });
  }

  /// The events of a session in order.
  ///
  /// @param after number of the event after which the list goes on; 0 for the start
  public List<GameEvent> events(SessionId id, long after, int count) {
    var events = new ArrayList<GameEvent>();
    long from = after;
    while (events.size() < count) {
      List<Document> found =
          documents.list(
              documents
                  .collection(batches(id))
                  .whereGreaterThan("last", from)
                  .orderBy("last")
                  .limit(Math.min(BATCHES, count - events.size())));
      if (found.isEmpty()) {
        break;
      }
      for (Document batch : found) {
        if (batch.fields().values().get("packed") instanceof byte[] packed) {
          EventLog.unpacked(packed).stream()
              .filter(event -> event.seq() > after)
              .limit(count - events.size())
              .forEach(events::add);
        }
        from = batch.fields().number("last");
      }
    }
    return events;
  }

  private static String batches(SessionId id) {
    return SessionDocument.path(id) + "/batches";
  }

  /// Marks open sessions that have expired as abandoned: one page of them.
  ///
  /// @return whether there may be more
  public boolean abandonPageExpiredBy(Instant now) {
    return documents.writeIfUnchanged(writes -> {
      List<Document> expired =
          documents.list(
              documents
                  .collection("games")
                  .whereEqualTo("state", WireNames.of(SessionState.OPEN))
                  .whereLessThanOrEqualTo("expiresAt", Times.timestamp(now))
                  .orderBy("expiresAt")
                  .limit(PAGE));
      for (Document document : expired) {
        writes.update(document, abandoned(document, now));
      }
      return expired.size() == PAGE;
    });
  }
}
