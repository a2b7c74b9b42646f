package dev.fireside.payments.reconciliation;

import dev.fireside.payments.purchases.store.PurchaseFinder;
import dev.fireside.payments.reconciliation.store.ReconciliationStore;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes purchases findable that were kept before they were: goes through all of them once, a part
/// at a time.
final class NamePurchases {
  private static final String NAME = "names";

  /// No purchase has this name: those of all have a `:`.
  private static final String DONE = "done";

  private static final int PAGE = 200;

  private final PurchaseFinder purchases;
  private final ReconciliationStore store;
  private final Clock clock;

  NamePurchases(PurchaseFinder purchases, ReconciliationStore store, Clock clock) {
    this.purchases = purchases;
    this.store = store;
    this.clock = clock;
  }

  void name(Instant end) {
    String at = store.cursor(NAME);
    while (!at.equals(DONE) && clock.instant().isBefore(end)) {
      @Nullable String last = purchases.nameOld(at.isEmpty() ? null : at, PAGE, clock.instant());
      at = last == null ? DONE : last;
      store.putCursor(NAME, at, clock.instant());
    }
  }
}
