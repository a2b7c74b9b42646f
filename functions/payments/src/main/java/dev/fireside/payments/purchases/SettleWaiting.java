package dev.fireside.payments.purchases;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.shared.Platform;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Settles purchases that waited for something that is known now.
public final class SettleWaiting {
  private static final int PAGE = 100;

  private final PurchaseStore purchases;
  private final ApplyFacts apply;

  public SettleWaiting(Platform platform, ApplyFacts apply) {
    this.purchases = new PurchaseStore(platform.documents());
    this.apply = apply;
  }

  /// Settles all that wait for `what`.
  public void settle(String what) {
    Set<PurchaseKey> done = new HashSet<>();
    while (true) {
      // What still waits, for something else, is found again.
      List<PurchaseKey> waiting =
          purchases.waitingFor(what, PAGE + done.size()).stream().filter(done::add).toList();
      if (waiting.isEmpty()) {
        return;
      }
      waiting.forEach(key -> apply.apply(Work.again(key)));
    }
  }
}
