package dev.fireside.payments;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.effects.ApplyFacts;
import dev.fireside.payments.effects.Work;
import dev.fireside.payments.store.PurchaseStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Settles purchases that waited for something that is known now.
final class SettleWaiting {
  private static final int PAGE = 100;

  private final PurchaseStore purchases;
  private final ApplyFacts apply;

  SettleWaiting(PurchaseStore purchases, ApplyFacts apply) {
    this.purchases = purchases;
    this.apply = apply;
  }

  /// Settles all that wait for `what`.
  void settle(String what) {
    Set<PurchaseKey> done = new HashSet<>();
    while (true) {
      List<PurchaseKey> waiting =
          purchases.waitingFor(what, PAGE).stream().filter(done::add).toList();
      if (waiting.isEmpty()) {
        return;
      }
      waiting.forEach(key -> apply.apply(Work.again(key)));
    }
  }
}
