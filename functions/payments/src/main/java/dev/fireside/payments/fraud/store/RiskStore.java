package dev.fireside.payments.fraud.store;

import com.google.cloud.firestore.Query;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import java.util.List;

/// What the books say of a buyer and a purchase, for the rules of doubt.
public final class RiskStore {
  private static final List<String> TAKEN_BACK = List.of("refunded", "disputed");

  private final Documents documents;

  public RiskStore(Documents documents) {
    this.documents = documents;
  }

  /// How many receipts a person has.
  public long bought(Uid uid) {
    return documents.count(receipts(uid)).count();
  }

  /// How many of them were taken back.
  public long takenBack(Uid uid) {
    return documents.count(receipts(uid).whereIn("status", TAKEN_BACK)).count();
  }

  private Query receipts(Uid uid) {
    return documents
        .collection("users/" + uid + "/purchases")
        .whereEqualTo("book", Book.LIVE.wireName());
  }

  /// How many people have held a purchase.
  public int holders(PurchaseKey key) {
    return documents
        .get("purchases/" + key.name())
        .map(document -> Customer.people(document.fields().texts("trail")))
        .orElse(0);
  }
}
