package dev.fireside.ledger.store;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.Map;

/// What people hear about their money and their rewards: `notifications/{uid}/items/{id}`, mostly
/// written with a journal and named like it. Whoever sends messages listens to their creation.
public final class NotificationStore {
  /// Notes a journal for the person it is about; none for what is nobody's, or only tested.
  ///
  /// @param kind what the person is to hear of
  public void create(Transaction transaction, Journal journal, String kind, Instant now) {
    Uid uid = journal.uid();
    if (uid != null && journal.book() == Book.LIVE) {
      transaction.create(path(uid, journal.id()), item(kind, journal.id(), now));
    }
  }

  /// Notes something else for a person, under a name of its own; noted again, it is one.
  public void put(
      Transaction transaction, Uid uid, String id, String kind, String reference, Instant now) {
    transaction.set(path(uid, id), item(kind, reference, now));
  }

  private static String path(Uid uid, String id) {
    return "notifications/" + uid + "/items/" + id;
  }

  private static Map<String, Object> item(String kind, String reference, Instant now) {
    return Map.of("kind", kind, "reference", reference, "createdAt", now, "read", false);
  }
}
