package dev.fireside.payments.purchases.store;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Access;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people bought: entitlements (`entitlements/{uid}`, of the sandbox
/// `entitlements/{uid}:sandbox`) and receipts (`users/{uid}/purchases/{id}`).
public final class HoldingStore {
  private final Documents documents;

  public HoldingStore(Documents documents) {
    this.documents = documents;
  }

  /// A purchase as it grants access to its owner.
  public record Grantor(PurchaseKey key, Access access) {}

  /// Writes what a purchase grants to its owner.
  public void putAccess(
      Transaction transaction, Uid uid, PurchaseKey key, Access access, Instant now) {
    var grantor = new HashMap<String, @Nullable Object>();
    // A list, because a merge would keep entries of a map that are gone.
    grantor.put(
        "until",
        access.until().entrySet().stream()
            .map(entry -> Map.of("entitlement", entry.getKey(), "at", entry.getValue()))
            .toList());
    grantor.put("store", key.store());
    grantor.put("id", key.id());
    grantor.put("renewing", access.renewing());
    grantor.put("billingIssue", access.billingIssue());
    grantor.put("frozen", access.frozen());
    grantor.put("pausedUntil", access.pausedUntil());
    grantor.put("consentAsked", access.consentAsked());
    grantor.put("pending", access.pending());
    transaction.merge(
        entitlements(uid, key.book()),
        Map.of("grantors", Map.of(key.name(), grantor), "updatedAt", now));
  }

  /// Takes what a purchase granted from a person.
  public void removeAccess(Transaction transaction, Uid uid, PurchaseKey key, Instant now) {
    transaction.merge(
        entitlements(uid, key.book()),
        Map.of("grantors", Map.of(key.name(), new FieldChange.Clear()), "updatedAt", now));
  }

  /// What all purchases of a person grant.
  public List<Grantor> grantors(Uid uid, Book book) {
    Optional<Document> document = documents.get(entitlements(uid, book));
    if (document.isEmpty()) {
      return List.of();
    }
    Fields all = document.get().fields().map("grantors");
    var grantors = new ArrayList<Grantor>();
    for (String name : all.names()) {
      Fields grantor = all.map(name);
      var until = new HashMap<String, Long>();
      if (grantor.values().get("until") instanceof List<?> list) {
        for (Object item : list) {
          if (item instanceof Map<?, ?> map
              && map.get("entitlement") instanceof String entitlement
              && map.get("at") instanceof Long at) {
            until.put(entitlement, at);
          }
        }
      }
      grantors.add(
          new Grantor(
              new PurchaseKey(grantor.requiredText("store"), book, grantor.requiredText("id")),
              new Access(
                  until,
                  grantor.flag("renewing"),
                  grantor.flag("billingIssue"),
                  grantor.flag("frozen"),
                  grantor.values().get("pausedUntil") instanceof Long paused ? paused : null,
                  grantor.flag("consentAsked"),
                  grantor.text("pending").orElse(null))));
    }
    return grantors;
  }

  /// Writes the receipt of a sale; none of what nobody has yet.
  public void putReceipt(Transaction transaction, Purchase purchase, Sale sale, Instant now) {
    Uid uid = sale.uid();
    String product = sale.product();
    if (uid == null || product == null) {
      return;
    }
    PurchaseKey key = purchase.key();
    Fact.Sold sold =
        purchase.facts().all(Fact.Sold.class).stream()
            .filter(fact -> fact.key().equals(sale.key()))
            .findAny()
            .orElseThrow();
    var fields = new HashMap<String, Object>();
    fields.put("id", sale.receipt(key));
    fields.put("product", product);
    fields.put("store", key.store());
    fields.put("book", key.book().wireName());
    fields.put("status", sale.status());
    fields.put("purchase", key.id());
    var units = new HashMap<String, Object>();
    sale.units()
        .forEach((asset, count) -> units.put(asset.code(), sale.unitsLeft(asset, sale.state())));
    fields.put("units", units);
    if (sale.price() != null) {
      fields.put("amount", sale.price().minor());
      fields.put("currency", sale.price().currency());
      fields.put("refunded", sale.state().refunded());
    }
    fields.put(
        "purchasedAt",
        Instant.ofEpochMilli(sold.purchasedAt() == 0 ? sold.at() : sold.purchasedAt()));
    // Of a period that a subscription gives, which is a purchase of its own, it is 0.
    if (sold.expiresAt() != null && sold.expiresAt() > 0) {
      fields.put("expiresAt", Instant.ofEpochMilli(sold.expiresAt()));
    }
    fields.put("updatedAt", now);
    transaction.set("users/" + uid + "/purchases/" + sale.receipt(key), fields);
  }

  /// Takes away the receipt of a sale that is somebody else's now.
  public void removeReceipt(Transaction transaction, Uid uid, PurchaseKey key, Sale sale) {
    transaction.delete("users/" + uid + "/purchases/" + sale.receipt(key));
  }

  /// One page of a person's receipts, newest first.
  ///
  /// @param after the id that the page before ended with, or null
  public List<Document> receipts(Uid uid, Book book, @Nullable String after, int limit) {
    String collection = "users/" + uid + "/purchases";
    var query =
        documents
            .collection(collection)
            .whereEqualTo("book", book.wireName())
            .orderBy("purchasedAt", com.google.cloud.firestore.Query.Direction.DESCENDING)
            .limit(limit);
    if (after != null) {
      Optional<Document> last = documents.get(collection + "/" + after);
      if (last.isEmpty()) {
        return List.of();
      }
      Instant at = last.get().fields().instant("purchasedAt").orElse(Instant.EPOCH);
      query =
          query
              .orderBy(
                  com.google.cloud.firestore.FieldPath.documentId(),
                  com.google.cloud.firestore.Query.Direction.DESCENDING)
              .startAfter(Times.timestamp(at), after);
    }
    return documents.list(query);
  }

  private static String entitlements(Uid uid, Book book) {
    return "entitlements/" + uid + (book == Book.LIVE ? "" : ":sandbox");
  }
}
