package dev.fireside.payments.store;

import dev.fireside.payments.domain.Journal;
import dev.fireside.payments.domain.JournalKind;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.Map;

/// What people are told about their money: `notifications/{uid}/items/{id}`, mostly written with a
/// journal and named like it. Whoever sends messages listens to their creation.
public final class NotificationStore {
  /// Tells a person of a journal about them.
  public void create(Transaction transaction, String uid, Journal journal, Instant now) {
    transaction.create(path(uid, journal.id()), item(kind(journal.kind()), journal.id(), now));
  }

  /// Tells a person of something else, under a name of its own; told again, it is one.
  public void put(
      Transaction transaction, String uid, String id, String kind, String reference, Instant now) {
    transaction.set(path(uid, id), item(kind, reference, now));
  }

  private static String path(String uid, String id) {
    return "notifications/" + uid + "/items/" + id;
  }

  private static Map<String, Object> item(String kind, String reference, Instant now) {
    return Map.of("kind", kind, "reference", reference, "createdAt", now, "read", false);
  }

  private static String kind(JournalKind kind) {
    return kind == JournalKind.GRANT ? "purchase" : kind.wireName();
  }
}
