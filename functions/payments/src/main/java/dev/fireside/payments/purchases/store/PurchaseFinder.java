package dev.fireside.payments.purchases.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds purchases by what people know of them.
public final class PurchaseFinder {
  private static final int PAGE = 100;

  private final Documents documents;
  private final PurchaseStore purchases;

  public PurchaseFinder(Documents documents) {
    this.documents = documents;
    this.purchases = new PurchaseStore(documents);
  }

  /// What a purchase is asked for by; each is a field of its document.
  public enum By {
    /// Any of the store's ids.
    NAME("names"),
    /// The keyed hash of the address of a receipt.
    MAIL("mails"),
    /// Who got something by it.
    PERSON("people");

    private final String field;

    By(String field) {
      this.field = field;
    }
  }

  /// Up to `limit` purchases in the order of their names.
  ///
  /// @param after the name that the page before ended with, or null
  public List<Purchase> find(By by, String what, @Nullable String after, int limit) {
    Query query =
        documents
            .collection(PurchaseStore.COLLECTION)
            .whereArrayContains(by.field, what)
            .orderBy(FieldPath.documentId())
            .limit(limit);
    if (after != null) {
      query = query.startAfter(after);
    }
    return documents.list(query).stream()
        .map(document -> PurchaseStore.read(document, documents::getAll))
        .toList();
  }

  /// Takes the addresses of receipts away from all purchases of a person.
  public void forgetMails(Uid person, Instant now) {
    String after = null;
    List<Purchase> page;
    do {
      page = find(By.PERSON, person.value(), after, PAGE);
      for (Purchase purchase : page) {
        after = purchase.key().name();
        if (!purchase.mails().isEmpty()) {
          documents.transact(transaction -> {
            Purchase current = purchases.get(transaction, purchase.key());
            purchases.put(transaction, current.withoutMails(), now);
            return true;
          });
        }
      }
    } while (page.size() == PAGE);
  }

  /// Writes what purchases are found by where that was not kept yet, in the order of their names.
  ///
  /// @param after the name of the last one that was looked at, or null
  /// @param limit how many are looked at
  /// @return the name of the last of them; null where there are no more
  public @Nullable String nameOld(@Nullable String after, int limit, Instant now) {
    Query query =
        documents
            .collection(PurchaseStore.COLLECTION)
            .orderBy(FieldPath.documentId())
            .select("store", "book", "id", "names")
            .limit(limit);
    List<Document> page = documents.list(after == null ? query : query.startAfter(after));
    for (Document document : page) {
      if (document.fields().texts("names").isEmpty()) {
        PurchaseKey key = PurchaseStore.key(document.fields());
        documents.transact(transaction -> {
          purchases.put(transaction, purchases.get(transaction, key), now);
          return true;
        });
      }
    }
    return page.size() < limit ? null : page.getLast().id();
  }
}
