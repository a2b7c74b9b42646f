package dev.fireside.payments.reviews;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.reviews.domain.Alone;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Stake;
import dev.fireside.payments.reviews.store.AloneStore;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Transaction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody's decision hangs on beside its case. A decision looks at it twice: before its
/// transaction, and in it, where it must still be the same decision.
///
/// @param purchase what the case is about; null for none
/// @param cases all cases about the purchase, where the case asks for a refund
/// @param alone what they gave back alone
record Sight(@Nullable Purchase purchase, List<Review> cases, Alone alone) {
  /// What is at stake in the case.
  Stake stake(ReviewCase doubt) {
    return Stake.of(doubt, purchase, cases);
  }

  /// Where it is read.
  record Stores(
      Documents documents, ReviewStore reviews, PurchaseStore purchases, AloneStore alone) {
    Stores(Documents documents, ReviewStore reviews) {
      this(documents, reviews, new PurchaseStore(documents), new AloneStore());
    }

    /// Before a transaction.
    ///
    /// @param request whether the case asks for a refund
    Sight see(@Nullable PurchaseKey key, boolean request, String who) {
      Map<PurchaseKey, Purchase> found = key == null ? Map.of() : purchases.find(List.of(key));
      return new Sight(
          key == null ? null : found.get(key),
          key == null || !request ? List.of() : reviews.ofPurchase(documents, key),
          alone.find(documents, who));
    }

    /// Inside a transaction.
    Sight see(Transaction transaction, @Nullable PurchaseKey key, boolean request, String who) {
      return new Sight(
          key == null ? null : purchases.get(transaction, key),
          key == null || !request ? List.of() : reviews.ofPurchase(documents, transaction, key),
          alone.find(transaction, who));
    }
  }
}
