package dev.fireside.payments.reconciliation;

import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.fraud.CardEvents;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.TakeDelivery;
import dev.fireside.payments.purchases.store.PurchaseFinder;
import dev.fireside.payments.reconciliation.store.ReconciliationStore;
import dev.fireside.payments.revenuecat.ReceiveRevenueCat;
import dev.fireside.payments.revenuecat.store.RevenueCatGateway;
import dev.fireside.payments.settlement.BookBalance;
import dev.fireside.payments.stripe.ForwardToPayouts;
import dev.fireside.payments.stripe.ReceiveStripe;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Lets deliveries take effect that could not yet, and repairs what lost webhooks left out.
public final class ReconcileFunction extends ScheduledFunction {
  /// Of each provider; both together, and what was kept, take less than the function may.
  private static final Duration TIME = Duration.ofMinutes(3);

  /// Of what is done once.
  private static final Duration ONCE = Duration.ofSeconds(30);

  private final TakeKept kept;
  private final ReadStripeAgain stripe;
  private final ReadRevenueCatAgain revenueCat;
  private final BookWaiting waiting;
  private final NamePurchases names;
  private final Clock clock;

  public ReconcileFunction() {
    this(Platform.current());
  }

  ReconcileFunction(Platform platform) {
    super(platform);
    var apply = new ApplyFacts(platform, new AssessFraud(platform));
    var deliveries = new TakeDelivery(platform, apply);
    var store = new ReconciliationStore(platform.documents());
    var gateway = new StripeGateway(platform.config(), StripeGateway.SHOP_KEY);
    this.clock = platform.clock();
    var receive =
        new ReceiveStripe(
            platform,
            deliveries,
            gateway,
            new ForwardToPayouts(platform),
            new CardEvents(platform),
            new BookBalance(platform, gateway));
    this.kept =
        new TakeKept(
            platform, deliveries, apply, new ReceiveRevenueCat(platform, deliveries), receive);
    this.stripe = new ReadStripeAgain(store, gateway, receive, apply, clock);
    this.revenueCat =
        new ReadRevenueCatAgain(store, new RevenueCatGateway(platform.config()), apply, clock);
    this.waiting = new BookWaiting(platform.documents(), store, apply, clock);
    this.names = new NamePurchases(new PurchaseFinder(platform.documents()), store, clock);
  }

  @Override
  protected void run(Instant scheduled) {
    kept.takeAll(clock.instant().plus(TIME));
    waiting.book();
    names.name(clock.instant().plus(ONCE));
    try {
      stripe.read(clock.instant().plus(TIME));
    } finally {
      // One provider that is away is no reason to leave the other.
      revenueCat.read(clock.instant().plus(TIME));
    }
  }
}
