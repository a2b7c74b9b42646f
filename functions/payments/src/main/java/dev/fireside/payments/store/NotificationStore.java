package dev.fireside.payments.store;

import dev.fireside.payments.domain.Journal;
import dev.fireside.payments.domain.JournalKind;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.Map;

/// What people are told about their money: `notifications/{uid}/items/{journal}`, written with the
/// journal and named like it. Whoever sends messages listens to their creation.
public final class NotificationStore {
  /// Tells a person of a journal about them.
  public void create(Transaction transaction, String uid, Journal journal, Instant now) {
    transaction.create(
        "notifications/" + uid + "/items/" + journal.id(),
        Map.of(
            "kind",
            kind(journal.kind()),
            "reference",
            journal.id(),
            "createdAt",
            now,
            "read",
            false));
  }

  private static String kind(JournalKind kind) {
    return kind == JournalKind.GRANT ? "purchase" : kind.wireName();
  }
}
