package dev.fireside.games.store;

import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.Participation;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Those who take part in live events: `events/{id}/participants/{uid}`.
public final class Participants {
  private final Documents documents;
  private final Clock clock;

  public Participants(Platform platform) {
    this.documents = platform.documents();
    this.clock = platform.clock();
  }

  /// What is done with an event and somebody's part in it.
  ///
  /// @param <T> what comes of it
  public interface Body<T> {
    /// Reads on, decides and writes; may throw to refuse, and may be asked more than once.
    ///
    /// @param event null where there is none
    /// @param participation null where they have not joined
    T run(
        Transaction transaction, @Nullable LiveEvent event, @Nullable Participation participation);
  }

  /// Runs a transaction that has read an event and somebody's part in it.
  public <T> T transact(String event, Uid uid, Body<T> body) {
    String participant = LiveEventDocument.participant(event, uid);
    String path = LiveEventDocument.path(event);
    return documents.transact(transaction -> {
      Map<String, Document> found = transaction.getAll(List.of(participant, path));
      Document eventDocument = found.get(path);
      Document own = found.get(participant);
      return body.run(
          transaction,
          eventDocument == null ? null : LiveEventDocument.parse(eventDocument),
          own == null ? null : LiveEventDocument.participation(own));
    });
  }

  /// Writes somebody's part in an event.
  public void write(Transaction transaction, String event, Uid uid, Participation participation) {
    transaction.set(
        LiveEventDocument.participant(event, uid),
        LiveEventDocument.fields(event, uid, participation, clock.instant()));
  }

  /// Somebody's part in an event.
  public Optional<Participation> get(String event, Uid uid) {
    return documents
        .get(LiveEventDocument.participant(event, uid))
        .map(LiveEventDocument::participation);
  }
}
