package dev.fireside.games.store;

import com.google.cloud.firestore.Query;
import dev.fireside.economy.store.ListCache;
import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.Phase;
import dev.fireside.shared.Platform;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Live events: `events/{id}` in Firestore, those that are not closed in Redis as `activeEvents` (1
/// h).
///
/// The field `phase` follows the times of an event when somebody notices; readers go by the times.
public final class LiveEvents {
  /// Events that are not closed, drafts too, at most: the list of them is answered whole.
  public static final int OPEN_MAX = 100;

  private static final Duration TTL = Duration.ofHours(1);

  private final Documents documents;
  private final Clock clock;
  private final ListCache<Open> open;

  public LiveEvents(Platform platform) {
    this.documents = platform.documents();
    this.clock = platform.clock();
    this.open = new ListCache<>(platform, "activeEvents", Open.class, TTL);
  }

  /// The events that are not closed, drafts too, by their start.
  ///
  /// @param events as Redis keeps them
  public record Open(List<LiveEvent> events) {
    public Open {
      events = List.copyOf(events);
    }
  }

  /// The events that are not closed, drafts too, by their start.
  public List<LiveEvent> open() {
    return open.get(this::load).events();
  }

  /// The same from Firestore, and as of when.
  public ListCache.Read<Open> load() {
    return documents.transact(transaction -> {
      List<LiveEvent> events =
          transaction.list(query()).stream()
              .map(LiveEventDocument::parse)
              .sorted(
                  java.util.Comparator.comparing(LiveEvent::startsAt).thenComparing(LiveEvent::id))
              .toList();
      return new ListCache.Read<>(new Open(events), transaction.readTime());
    });
  }

  private Query query() {
    return documents
        .collection("events")
        .whereIn(
            "phase",
            List.of(
                WireNames.of(Phase.UPCOMING),
                WireNames.of(Phase.RUNNING),
                WireNames.of(Phase.ENDED)))
        .limit(OPEN_MAX);
  }

  /// One event, also a closed one.
  public Optional<LiveEvent> get(String id) {
    Optional<LiveEvent> among = open().stream().filter(event -> event.id().equals(id)).findFirst();
    return among.isPresent()
        ? among
        : documents.get(LiveEventDocument.path(id)).map(LiveEventDocument::parse);
  }

  /// Creates an event, unless it exists.
  ///
  /// @return false, and nothing is written, where there are [#OPEN_MAX] already
  public boolean create(LiveEvent event) {
    String path = LiveEventDocument.path(event.id());
    return documents.transact(transaction -> {
      if (transaction.get(path).isPresent()) {
        return true;
      }
      if (transaction.list(query()).size() >= OPEN_MAX) {
        return false;
      }
      Instant now = clock.instant();
      var fields = new HashMap<>(LiveEventDocument.fields(event, now));
      fields.put("createdAt", now);
      transaction.create(path, fields);
      return true;
    });
  }

  /// Changes an event.
  ///
  /// @param change the event as it is to be; may throw to refuse, and may be asked more than once
  /// @return the event as it is now; empty when there is none
  public Optional<LiveEvent> change(String id, UnaryOperator<LiveEvent> change) {
    String path = LiveEventDocument.path(id);
    return documents.transact(transaction -> {
      Document document = transaction.get(path).orElse(null);
      if (document == null) {
        return Optional.empty();
      }
      LiveEvent event = change.apply(LiveEventDocument.parse(document));
      Instant now = clock.instant();
      var fields = new HashMap<>(LiveEventDocument.fields(event, now));
      fields.put("createdAt", document.fields().instant("createdAt").orElse(now));
      transaction.set(path, fields);
      return Optional.of(event);
    });
  }

  /// The version of an event's document; 0 where there is none.
  public long version(String id) {
    return documents.get(LiveEventDocument.path(id)).map(Document::version).orElse(0L);
  }

  /// Deletes an event; what belongs to it goes by the event of the write.
  ///
  /// @return when
  public Instant delete(String id) {
    return documents.batch(batch -> batch.delete(LiveEventDocument.path(id)));
  }

  /// Writes the phases that have come, where nobody did yet.
  public void turn() {
    Instant now = clock.instant();
    for (Document document : documents.list(query())) {
      String phase = WireNames.of(LiveEventDocument.parse(document).phase(now));
      if (!phase.equals(document.fields().text("phase").orElse(""))) {
        turn(document.path());
      }
    }
  }

  private void turn(String path) {
    documents.transact(transaction -> {
      transaction
          .get(path)
          .map(document -> LiveEventDocument.parse(document).phase(clock.instant()))
          .ifPresent(phase -> transaction.update(path, Map.of("phase", WireNames.of(phase))));
      return true;
    });
  }

  /// A version later than every write up to now.
  public long latest() {
    return Document.versionOf(documents.count(documents.collection("events").limit(1)).readTime());
  }

  /// Marks the list of events as outdated by a write.
  ///
  /// @return false while Redis is away: then an event has to come again
  public boolean outdate(long version) {
    return open.outdate(version);
  }
}
