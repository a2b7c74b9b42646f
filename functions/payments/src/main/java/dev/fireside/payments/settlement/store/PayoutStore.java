package dev.fireside.payments.settlement.store;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.settlement.domain.Payout;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Payouts of Stripe's to our bank: `settlements/stripe:{book}:{payout}`.
public final class PayoutStore {
  private static final String COLLECTION = "settlements";

  private final Documents documents;

  public PayoutStore(Documents documents) {
    this.documents = documents;
  }

  /// A payout as it is known, inside a transaction.
  public Optional<Payout> find(Transaction transaction, Payout payout) {
    return transaction.get(path(payout)).map(PayoutStore::read);
  }

  /// Writes a payout.
  public void put(Transaction transaction, Payout payout, Instant now) {
    var fields = new HashMap<String, Object>();
    fields.put("kind", "payout");
    fields.put("store", "stripe");
    fields.put("book", payout.book().wireName());
    fields.put("reference", payout.id());
    fields.put("currency", payout.amount().currency());
    fields.put("paid", payout.amount().minor());
    fields.put("status", WireNames.of(payout.status()));
    fields.put("at", payout.arrivesAt());
    fields.put("contents", WireNames.of(payout.contents()));
    fields.put("updatedAt", now);
    transaction.set(path(payout), fields);
  }

  /// Up to `limit` payouts of which it has yet to be read what they are made of, the oldest first.
  public List<Payout> due(int limit) {
    var query =
        documents
            .collection(COLLECTION)
            .whereEqualTo("contents", WireNames.of(Payout.Contents.DUE))
            .orderBy("at")
            .limit(limit);
    return documents.list(query).stream().map(PayoutStore::read).toList();
  }

  private static String path(Payout payout) {
    return COLLECTION + "/" + payout.name();
  }

  private static Payout read(Document document) {
    Fields fields = document.fields();
    return new Payout(
        fields.requiredText("reference"),
        Book.of(fields.requiredText("book")),
        new Money(fields.number("paid"), fields.requiredText("currency")),
        fields.requiredOneOf("status", Payout.Status.class),
        fields.instant("at").orElse(Instant.EPOCH),
        fields.requiredOneOf("contents", Payout.Contents.class));
  }
}
