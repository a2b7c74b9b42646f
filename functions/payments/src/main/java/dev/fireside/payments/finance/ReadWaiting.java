package dev.fireside.payments.finance;

import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.purchases.store.PurchaseStore.Waiting;
import dev.fireside.shared.http.Sheet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What waits for a product or a person: its money is in the books as unassigned.
final class ReadWaiting {
  private static final String ADD_PRODUCT =
      "PUT /api/catalogue/{product} with this id among its names: it is granted at once";
  private static final String NAME_PERSON =
      "It is granted as soon as the customer signs in or transfers it;"
          + " POST /api/payments/waiting/{id}/person where you know who it is";

  private final PurchaseStore purchases;

  /// A purchase that waits.
  ///
  /// @param since when it was bought
  /// @param money what was paid, in minor units by currency; empty where it was free
  record WaitingView(
      String id,
      String store,
      String book,
      String purchase,
      Instant since,
      Map<String, Long> money,
      List<Reason> reasons) {}

  /// What it waits for.
  ///
  /// @param kind product or customer
  /// @param id the store's id of it
  /// @param todo what ends the wait
  record Reason(String kind, String id, String todo) {
    String text() {
      return kind + ":" + id;
    }
  }

  /// What waits as CSV.
  static final Sheet<WaitingView> SHEET =
      Sheet.<WaitingView>named("waiting")
          .column("id", WaitingView::id)
          .column("store", WaitingView::store)
          .column("book", WaitingView::book)
          .column("purchase", WaitingView::purchase)
          .column("since", WaitingView::since)
          .column("money", waiting -> waiting.money().entrySet())
          .column("reasons", waiting -> waiting.reasons().stream().map(Reason::text).toList())
          .sheet();

  ReadWaiting(PurchaseStore purchases) {
    this.purchases = purchases;
  }

  /// One page, the oldest first.
  List<Waiting> read(Book book, @Nullable String kind, @Nullable String after, int limit) {
    return purchases.waiting(book, kind, after, limit);
  }

  static WaitingView view(Waiting waiting) {
    return new WaitingView(
        waiting.key().name(),
        waiting.key().store(),
        waiting.key().book().wireName(),
        waiting.key().id(),
        waiting.since(),
        waiting.money(),
        waiting.what().stream().map(ReadWaiting::reason).toList());
  }

  private static Reason reason(String what) {
    int colon = what.indexOf(':');
    String kind = what.substring(0, colon);
    return new Reason(
        kind, what.substring(colon + 1), kind.equals(Purchase.PRODUCT) ? ADD_PRODUCT : NAME_PERSON);
  }
}
