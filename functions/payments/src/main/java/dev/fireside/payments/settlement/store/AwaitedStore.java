package dev.fireside.payments.settlement.store;

import dev.fireside.ledger.domain.Book;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Charges and refunds at Stripe of which the balance was not known when they were reported:
/// `awaitedBalances/{id}`.
public final class AwaitedStore {
  private static final String COLLECTION = "awaitedBalances";

  private final Documents documents;

  public AwaitedStore(Documents documents) {
    this.documents = documents;
  }

  /// One of them.
  ///
  /// @param id Stripe's id of the charge or refund
  /// @param path where it is read
  public record Awaited(String id, String path, Book book, Instant since) {}

  /// Notes that the balance of something is awaited. Reads nothing: what is noted again waits anew.
  public void put(Transaction transaction, Awaited awaited) {
    transaction.set(
        path(awaited.id()),
        Map.of(
            "path", awaited.path(),
            "book", awaited.book().wireName(),
            "since", awaited.since()));
  }

  /// Whether it is awaited.
  public boolean has(Transaction transaction, String id) {
    return transaction.get(path(id)).isPresent();
  }

  /// Awaits it no more.
  public void remove(Transaction transaction, String id) {
    transaction.delete(path(id));
  }

  /// Up to `limit` of those that were noted before `end`, the oldest first.
  public List<Awaited> before(Instant end, int limit) {
    var query =
        documents
            .collection(COLLECTION)
            .whereLessThan("since", Times.timestamp(end))
            .orderBy("since")
            .limit(limit);
    return documents.list(query).stream()
        .map(document -> {
          Fields fields = document.fields();
          return new Awaited(
              document.id(),
              fields.requiredText("path"),
              Book.of(fields.requiredText("book")),
              fields.instant("since").orElse(Instant.EPOCH));
        })
        .toList();
  }

  private static String path(String id) {
    return COLLECTION + "/" + id;
  }
}
