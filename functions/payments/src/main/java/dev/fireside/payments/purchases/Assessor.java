package dev.fireside.payments.purchases;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.shared.ids.Uid;
import java.util.List;
import java.util.Optional;

/// Says what is doubtful about purchases.
public interface Assessor {
  /// What is doubtful about work before it takes effect. Called outside the transaction, and again
  /// for the same work after a crash; it changes nothing that would make the second answer another.
  List<Finding> assess(Work work);

  /// What is doubtful about what was paid. Called in the very transaction that grants, since the
  /// catalogue may learn of a product long after its purchase was reported.
  ///
  /// @param listed the sale at what it costs without offers
  /// @param buyer the person who gets it
  Optional<Finding> assessPrice(
      PurchaseKey key, Fact.Sold sold, Fact.Sold listed, Product product, Uid buyer);

  /// What is doubtful about a purchase that changes hands; until somebody has looked at it, it is
  /// with the last of them.
  Optional<ReviewCase> assessTransfer(Purchase purchase, Work.Transfer transfer);

  /// A doubt about one transaction. It counts only while the transaction has not been granted:
  /// later events about it do not take it back.
  ///
  /// @param purchase the purchase
  /// @param sale key of the transaction inside
  /// @param hold what becomes of it meanwhile: `OPEN` to grant it all the same
  /// @param doubt the case to open
  record Finding(PurchaseKey purchase, String sale, Hold hold, ReviewCase doubt) {
    /// The same doubt about all transactions of the purchase, not the one alone.
    public Finding ofAll() {
      var all =
          new ReviewCase(
              doubt.id(),
              doubt.uid(),
              doubt.reason(),
              doubt.purchase(),
              null,
              doubt.minor(),
              doubt.currency(),
              doubt.evidence());
      return new Finding(purchase, sale, hold, all);
    }
  }
}
