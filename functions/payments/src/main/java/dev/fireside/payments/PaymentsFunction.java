package dev.fireside.payments;

import dev.fireside.economy.store.Catalogue;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.effects.ApplyFacts;
import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.fraud.CardEvents;
import dev.fireside.payments.revenuecat.ReceiveRevenueCat;
import dev.fireside.payments.reviews.ReviewRoutes;
import dev.fireside.payments.store.CatalogueStore;
import dev.fireside.payments.store.HoldingStore;
import dev.fireside.payments.store.OrderStore;
import dev.fireside.payments.store.StripeCheckouts;
import dev.fireside.payments.stripe.ReceiveStripe;
import dev.fireside.payments.stripe.TellPayouts;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;
import dev.fireside.stripe.store.StripeGateway;

/// Everything about payments that is asked over HTTP.
public final class PaymentsFunction implements RoutedFunction {
  private final HttpApp app;

  public PaymentsFunction() {
    this(Platform.current());
  }

  PaymentsFunction(Platform platform) {
    var apply = new ApplyFacts(platform, new AssessFraud(platform));
    var catalogue = new CatalogueStore(platform.documents());
    var holdings = new HoldingStore(platform.documents());
    var orders = new OrderStore(platform.documents(), platform.clock());
    var stripe = new StripeGateway(platform.config(), StripeGateway.SHOP_KEY);
    this.app = new HttpApp(platform);
    new WebhookRoutes(
            new ReceiveRevenueCat(
                apply, new Catalogue(platform), platform.config(), platform.clock()),
            new ReceiveStripe(
                apply,
                orders,
                catalogue,
                stripe,
                new TellPayouts(platform),
                new CardEvents(platform),
                platform.config(),
                platform.clock()))
        .addTo(app);
    new CheckoutRoutes(catalogue, orders, new StripeCheckouts(stripe)).addTo(app);
    new PurchaseRoutes(
            new ReadPurchases(holdings),
            new ReadEntitlements(holdings, platform.clock()),
            new EditCatalogue(catalogue, new Catalogue(platform), platform.clock()))
        .addTo(app);
    new LedgerRoutes(new ReadLedger(new LedgerStore(platform.documents()))).addTo(app);
    new ReviewRoutes(platform).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
