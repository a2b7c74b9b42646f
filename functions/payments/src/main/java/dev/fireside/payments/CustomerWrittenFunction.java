package dev.fireside.payments;

import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.SettleWaiting;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// Grants what waited for a customer whose person is known now.
public final class CustomerWrittenFunction extends FirestoreFunction {
  private final SettleWaiting settle;

  public CustomerWrittenFunction() {
    this(Platform.current());
  }

  CustomerWrittenFunction(Platform platform) {
    super(platform);
    this.settle = new SettleWaiting(platform, new ApplyFacts(platform, new AssessFraud(platform)));
  }

  @Override
  protected void on(DocumentChange change) {
    if (change.after() != null) {
      change.after().fields().text("id").ifPresent(id -> settle.settle("customer:" + id));
    }
  }
}
