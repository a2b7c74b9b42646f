package dev.fireside.payments.purchases;

import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.fraud.domain.Verdict;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.shared.json.WireNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks at work before it takes effect and says what is doubtful about it.
@FunctionalInterface
public interface Assessor {
  /// Doubts nothing.
  Assessor TRUSTING = _ -> List.of();

  /// What is doubtful. Called outside the transaction, and again for the same work after a crash;
  /// it changes nothing that would make the second answer another.
  List<Finding> assess(Work work);

  /// A doubt about one transaction. It counts only while the transaction has not been granted:
  /// later events about it do not take it back.
  ///
  /// @param purchase the purchase
  /// @param sale key of the transaction inside
  /// @param hold what becomes of it meanwhile: `OPEN` to grant it all the same
  /// @param doubt the case to open
  record Finding(PurchaseKey purchase, String sale, Hold hold, ReviewCase doubt) {
    /// What the rules of doubt found.
    ///
    /// @param kind first part of the case's id
    /// @param who the buyer
    /// @param seen further evidence
    public static Finding of(
        String kind,
        PurchaseKey key,
        Fact.Sold sold,
        String who,
        Verdict verdict,
        Map<String, String> seen) {
      Map<String, String> evidence = new HashMap<>(verdict.reasons());
      evidence.putAll(seen);
      evidence.put("outcome", WireNames.of(verdict.outcome()));
      evidence.put("product", sold.product());
      evidence.put("quantity", Long.toString(sold.quantity()));
      evidence.put("event", sold.event());
      evidence.put("transaction", sold.key());
      Money price = sold.price();
      Hold hold =
          switch (verdict.outcome()) {
            case ALLOW, FLAG -> Hold.OPEN;
            case HOLD -> Hold.HELD;
            case DENY -> Hold.DENIED;
          };
      var doubt =
          new ReviewCase(
              kind + ":" + key.name() + ":" + sold.key(),
              who,
              verdict.reason(),
              key,
              sold.key(),
              price == null ? 0 : Math.abs(price.minor()),
              price == null ? null : price.currency(),
              evidence);
      return new Finding(key, sold.key(), hold, doubt);
    }
  }
}
