package dev.fireside.ledger.store;

import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Maps;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens cases of the review queue: `reviews/{caseId}`. What is to be decided is written here,
/// once; how far the decision is, payments writes.
public final class CaseStore {
  /// In place of whoever or whenever it is not yet.
  private static final String NOBODY = "";

  /// Whether a case exists, inside a transaction.
  public boolean exists(Transaction transaction, String id) {
    return transaction.get(path(id)).isPresent();
  }

  /// Whom an open case is about, inside a transaction; empty where there is no such case.
  public Optional<String> openUid(Transaction transaction, String id) {
    return transaction
        .get(path(id))
        .map(Document::fields)
        .filter(fields -> fields.text("status").filter("open"::equals).isPresent())
        .map(fields -> fields.text("uid").orElse(NOBODY));
  }

  /// States whom a case is about, and how much money, that was opened before anybody knew.
  ///
  /// @param money null where nobody knows it yet
  public void complete(Transaction transaction, String id, Uid uid, @Nullable Money money) {
    var fields = new HashMap<String, Object>();
    fields.put("uid", uid.value());
    if (money != null) {
      fields.put("minor", money.minor());
      fields.put("currency", money.currency());
    }
    transaction.update(path(id), fields);
  }

  /// Ends the time of an open case, so that it decides itself: nothing is left to decide.
  public void end(Transaction transaction, String id, Instant now) {
    transaction.update(path(id), Map.of("deadline", now, "updatedAt", now));
  }

  /// Opens a case.
  public void open(Transaction transaction, ReviewCase doubt, Instant now) {
    var fields = new HashMap<String, Object>();
    fields.put("id", doubt.id());
    fields.put("uid", doubt.uid());
    fields.put("reason", doubt.reason());
    fields.put("minor", doubt.minor());
    fields.put("evidence", doubt.evidence());
    fields.put("createdAt", now);
    PurchaseKey purchase = doubt.purchase();
    if (purchase != null) {
      fields.put("store", purchase.store());
      fields.put("book", purchase.book().wireName());
      fields.put("purchase", purchase.id());
    }
    Maps.put(fields, "sale", doubt.sale());
    Maps.put(fields, "currency", doubt.currency());
    fields.put("status", "open");
    fields.put("deadline", doubt.deadline(now));
    fields.put("claimedBy", NOBODY);
    fields.put("leaseUntil", Instant.EPOCH);
    fields.put("proposed", NOBODY);
    fields.put("proposedBy", NOBODY);
    fields.put("decision", NOBODY);
    fields.put("deciders", List.of());
    fields.put("decidedAt", Instant.EPOCH);
    fields.put("refund", "none");
    fields.put("updatedAt", now);
    transaction.create(path(doubt.id()), fields);
  }

  private static String path(String id) {
    return "reviews/" + id;
  }
}
