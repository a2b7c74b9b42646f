package dev.fireside.payments.purchases;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.shared.ids.Uid;
import java.util.List;
import java.util.Optional;

/// Doubts nothing.
final class Trusting implements Assessor {
  @Override
  public List<Finding> assess(Work work) {
    return List.of();
  }

  @Override
  public Optional<Finding> assessPrice(
      PurchaseKey key, Fact.Sold sold, Fact.Sold listed, Product product, Uid buyer) {
    return Optional.empty();
  }

  @Override
  public Optional<ReviewCase> assessTransfer(Purchase purchase, Work.Transfer transfer) {
    return Optional.empty();
  }
}
