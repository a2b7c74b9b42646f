package dev.fireside.payments;

import dev.fireside.payments.catalogue.CatalogueRoutes;
import dev.fireside.payments.checkout.CheckoutRoutes;
import dev.fireside.payments.finance.FinanceRoutes;
import dev.fireside.payments.finance.RevenueRoutes;
import dev.fireside.payments.purchases.PurchaseRoutes;
import dev.fireside.payments.reconciliation.LedgerRoutes;
import dev.fireside.payments.reviews.ReviewRoutes;
import dev.fireside.payments.settlement.SettlementRoutes;
import dev.fireside.payments.support.SupportRoutes;
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
    var stripe = new StripeGateway(platform.config(), StripeGateway.SHOP_KEY);
    this.app = new HttpApp(platform);
    new WebhookRoutes(platform, stripe).addTo(app);
    new CheckoutRoutes(platform, stripe).addTo(app);
    new PurchaseRoutes(platform).addTo(app);
    new CatalogueRoutes(platform).addTo(app);
    new FinanceRoutes(platform).addTo(app);
    new SettlementRoutes(platform).addTo(app);
    new SupportRoutes(platform, stripe).addTo(app);
    new LedgerRoutes(platform).addTo(app);
    new RevenueRoutes(platform).addTo(app);
    new ReviewRoutes(platform).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
