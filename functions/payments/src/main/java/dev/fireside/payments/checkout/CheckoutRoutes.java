package dev.fireside.payments.checkout;

import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.payments.checkout.store.OrderStore;
import dev.fireside.payments.checkout.store.StripeCheckouts;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.limits.Budget;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Duration;
import java.util.Map;

/// `/api/checkout`: buying through Stripe.
public final class CheckoutRoutes {
  /// More than anybody buys, less than would make us a card tester's tool.
  private static final Budget CHECKOUT =
      new Budget("payments-checkout", 60, Duration.ofMinutes(15));

  /// Longest address that people come back to.
  private static final int URL_MAX = 908;

  private final OpenCheckout checkout;
  private final OpenPortal portal;
  private final ReadSubscriptions subscriptions;

  public CheckoutRoutes(Platform platform, StripeGateway gateway) {
    var orders = new OrderStore(platform.documents(), platform.clock());
    var stripe = new StripeCheckouts(gateway);
    this.checkout = new OpenCheckout(new CatalogueStore(platform.documents()), orders, stripe);
    this.portal = new OpenPortal(orders, stripe);
    this.subscriptions = new ReadSubscriptions(orders, stripe);
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("POST", "/api/checkout", Access.USER, CHECKOUT, this::open)
        .route("POST", "/api/checkout/portal", Access.USER, CHECKOUT, this::openPortal)
        .route("GET", "/api/checkout/subscriptions", Access.USER, CHECKOUT, this::list);
  }

  private Response open(Request request) {
    OpenCheckout.Wish wish =
        request.body(input ->
            new OpenCheckout.Wish(
                input.text("product", Product.ID, Product.ID_RULE),
                input.url("successUrl", URL_MAX),
                input.url("cancelUrl", URL_MAX)));
    return Response.ok(checkout.open(request.caller().uid(), wish, request.newId()));
  }

  private Response openPortal(Request request) {
    String url = request.body(input -> input.url("returnUrl", URL_MAX));
    return Response.ok(Map.of("url", portal.open(request.caller().uid(), url, request.newId())));
  }

  private Response list(Request request) {
    return Response.ok(Map.of("items", subscriptions.read(request.caller().uid())));
  }
}
