package dev.fireside.payments;

import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.fraud.CardEvents;
import dev.fireside.payments.purchases.Applied;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.TakeDelivery;
import dev.fireside.payments.revenuecat.ReceiveRevenueCat;
import dev.fireside.payments.settlement.BookBalance;
import dev.fireside.payments.stripe.ForwardToPayouts;
import dev.fireside.payments.stripe.ReceiveStripe;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.stripe.store.StripeGateway;
import java.util.Locale;
import java.util.Map;

/// `/api/webhooks`: what the providers deliver. Answered with 200 once its effect is committed,
/// also where it had none, or it is kept to take effect later.
final class WebhookRoutes {
  private final ReceiveRevenueCat revenueCat;
  private final ReceiveStripe stripe;

  WebhookRoutes(Platform platform, StripeGateway gateway) {
    var deliveries =
        new TakeDelivery(platform, new ApplyFacts(platform, new AssessFraud(platform)));
    this.revenueCat = new ReceiveRevenueCat(platform, deliveries);
    this.stripe =
        new ReceiveStripe(
            platform,
            deliveries,
            gateway,
            new ForwardToPayouts(platform),
            new CardEvents(platform),
            new BookBalance(platform, gateway));
  }

  void addTo(HttpApp app) {
    app.route("POST", "/api/webhooks/revenuecat", Access.SIGNED, this::revenueCat)
        .route("POST", "/api/webhooks/stripe", Access.SIGNED, this::stripe)
        .route("POST", "/api/webhooks/stripe-connect", Access.SIGNED, this::stripeConnect);
  }

  private Response revenueCat(Request request) {
    return answer(revenueCat.receive(request));
  }

  private Response stripe(Request request) {
    return answer(stripe.receive(request, ReceiveStripe.Endpoint.PLATFORM));
  }

  private Response stripeConnect(Request request) {
    return answer(stripe.receive(request, ReceiveStripe.Endpoint.CONNECT));
  }

  private static Response answer(Applied applied) {
    return Response.ok(Map.of("outcome", applied.name().toLowerCase(Locale.ROOT)));
  }
}
