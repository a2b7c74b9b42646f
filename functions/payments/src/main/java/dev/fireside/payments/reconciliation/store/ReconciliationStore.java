package dev.fireside.payments.reconciliation.store;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How far each provider has been read again: `reconciliation/{provider}`, and what is known of
/// what was read.
public final class ReconciliationStore {
  private static final String COLLECTION = "reconciliation/";

  private final Documents documents;
  private final PurchaseStore purchases;

  public ReconciliationStore(Documents documents) {
    this.documents = documents;
    this.purchases = new PurchaseStore(documents);
  }

  /// Up to when everything was read; empty before the first time.
  public Optional<Instant> watermark(String provider) {
    return documents
        .get(COLLECTION + provider)
        .flatMap(document -> document.fields().instant("watermark"));
  }

  /// Notes up to when everything was read, but for some events that failed.
  public void putWatermark(
      String provider, Instant watermark, Collection<String> failed, Instant now) {
    documents.merge(
        COLLECTION + provider,
        Map.of("watermark", watermark, "failed", List.copyOf(failed), "updatedAt", now));
  }

  /// Events that were read and could not take effect.
  public Set<String> failed(String provider) {
    return documents
        .get(COLLECTION + provider)
        .map(document -> new TreeSet<>(document.fields().texts("failed")))
        .orElseGet(TreeSet::new);
  }

  /// Notes events that still could not take effect.
  public void putFailed(String provider, Collection<String> failed, Instant now) {
    documents.merge(COLLECTION + provider, Map.of("failed", List.copyOf(failed), "updatedAt", now));
  }

  /// Where a walk over all customers goes on; empty for its start.
  public String cursor(String provider) {
    return documents
        .get(COLLECTION + provider)
        .flatMap(document -> document.fields().text("cursor"))
        .orElse("");
  }

  /// Notes where a walk goes on.
  public void putCursor(String provider, String cursor, Instant now) {
    documents.merge(COLLECTION + provider, Map.of("cursor", cursor, "updatedAt", now));
  }

  /// Which of some events a webhook has delivered.
  public Set<String> delivered(String provider, Collection<String> events) {
    List<String> paths =
        events.stream().map(event -> "webhooks/" + provider + ":" + event).toList();
    return documents.getAll(paths).values().stream()
        .map(Document::id)
        .map(id -> id.substring(provider.length() + 1))
        .collect(Collectors.toSet());
  }

  /// A purchase as it is known; an empty one where it is not.
  public Purchase purchase(PurchaseKey key) {
    return documents.transact(transaction -> purchases.get(transaction, key));
  }
}
