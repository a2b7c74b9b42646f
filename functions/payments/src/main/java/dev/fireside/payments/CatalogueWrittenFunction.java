package dev.fireside.payments;

import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.SettleWaiting;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// Grants what waited for a product that the catalogue has learnt of.
public final class CatalogueWrittenFunction extends FirestoreFunction {
  private final SettleWaiting settle;

  public CatalogueWrittenFunction() {
    this(Platform.current());
  }

  CatalogueWrittenFunction(Platform platform) {
    super(platform);
    this.settle = new SettleWaiting(platform, new ApplyFacts(platform, new AssessFraud(platform)));
  }

  @Override
  protected void on(DocumentChange change) {
    if (change.after() != null) {
      Product product = CatalogueStore.read(change.after());
      settle.settle("product:" + product.id());
      product.names().forEach(name -> settle.settle("product:" + name));
    }
  }
}
