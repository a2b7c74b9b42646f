package dev.fireside.payments.reconciliation;

import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.fraud.CardEvents;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.TakeDelivery;
import dev.fireside.payments.purchases.store.DeliveryStore;
import dev.fireside.payments.revenuecat.ReceiveRevenueCat;
import dev.fireside.payments.settlement.BookBalance;
import dev.fireside.payments.stripe.ForwardToPayouts;
import dev.fireside.payments.stripe.ReceiveStripe;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.stripe.store.StripeGateway;

/// Lets a delivery take effect that was kept.
public final class KeptDeliveryFunction extends FirestoreFunction {
  private final TakeKept kept;

  public KeptDeliveryFunction() {
    this(Platform.current());
  }

  KeptDeliveryFunction(Platform platform) {
    super(platform);
    var apply = new ApplyFacts(platform, new AssessFraud(platform));
    var deliveries = new TakeDelivery(platform, apply);
    var gateway = new StripeGateway(platform.config(), StripeGateway.SHOP_KEY);
    this.kept =
        new TakeKept(
            platform,
            deliveries,
            apply,
            new ReceiveRevenueCat(platform, deliveries),
            new ReceiveStripe(
                platform,
                deliveries,
                gateway,
                new ForwardToPayouts(platform),
                new CardEvents(platform),
                new BookBalance(platform, gateway)));
  }

  @Override
  protected void on(DocumentChange change) {
    if (change.after() != null) {
      kept.take(DeliveryStore.waiting(change.after()));
    }
  }
}
