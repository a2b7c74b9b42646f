package dev.fireside.payments.reconciliation;

import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.fraud.CardEvents;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.reconciliation.store.ReconciliationStore;
import dev.fireside.payments.revenuecat.store.RevenueCatGateway;
import dev.fireside.payments.stripe.ForwardToPayouts;
import dev.fireside.payments.stripe.ReceiveStripe;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Repairs what lost webhooks left out.
public final class ReconcileFunction extends ScheduledFunction {
  /// Of each provider; both together take less than the function may.
  private static final Duration TIME = Duration.ofMinutes(4);

  private final ReadStripeAgain stripe;
  private final ReadRevenueCatAgain revenueCat;
  private final Clock clock;

  public ReconcileFunction() {
    this(Platform.current());
  }

  ReconcileFunction(Platform platform) {
    super(platform);
    var apply = new ApplyFacts(platform, new AssessFraud(platform));
    var store = new ReconciliationStore(platform.documents());
    var gateway = new StripeGateway(platform.config(), StripeGateway.SHOP_KEY);
    this.clock = platform.clock();
    this.stripe =
        new ReadStripeAgain(
            store,
            gateway,
            new ReceiveStripe(
                platform, apply, gateway, new ForwardToPayouts(platform), new CardEvents(platform)),
            apply,
            clock);
    this.revenueCat =
        new ReadRevenueCatAgain(store, new RevenueCatGateway(platform.config()), apply, clock);
  }

  @Override
  protected void run(Instant scheduled) {
    try {
      stripe.read(clock.instant().plus(TIME));
    } finally {
      // One provider that is away is no reason to leave the other.
      revenueCat.read(clock.instant().plus(TIME));
    }
  }
}
