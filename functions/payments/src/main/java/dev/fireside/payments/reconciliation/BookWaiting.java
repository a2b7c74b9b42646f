package dev.fireside.payments.reconciliation;

import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.reconciliation.store.ReconciliationStore;
import dev.fireside.shared.store.Documents;
import java.time.Clock;

/// Books the money of what waited before such money was booked at once: done once, and again from
/// the start where it did not come to its end.
final class BookWaiting {
  private static final String NAME = "waiting";
  private static final String DONE = "done";

  private final PurchaseStore purchases;
  private final ReconciliationStore store;
  private final ApplyFacts apply;
  private final Clock clock;

  BookWaiting(Documents documents, ReconciliationStore store, ApplyFacts apply, Clock clock) {
    this.purchases = new PurchaseStore(documents);
    this.store = store;
    this.apply = apply;
    this.clock = clock;
  }

  void book() {
    if (!store.cursor(NAME).equals(DONE)) {
      purchases.waitingUnnoted().forEach(key -> apply.apply(Work.again(key)));
      store.putCursor(NAME, DONE, clock.instant());
    }
  }
}
