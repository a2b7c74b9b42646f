package dev.fireside.payments.checkout;

import dev.fireside.payments.checkout.store.OrderStore;
import dev.fireside.payments.checkout.store.StripeCheckouts;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;

/// Opens Stripe's portal, where people manage what they subscribed to.
final class OpenPortal {
  private final FindCustomer customers;
  private final StripeCheckouts stripe;

  OpenPortal(OrderStore orders, StripeCheckouts stripe) {
    this.customers = new FindCustomer(orders, stripe);
    this.stripe = stripe;
  }

  /// The portal's address. Throws a 409 problem for a person who never opened a checkout.
  String open(Uid uid, String returnUrl, String requestId) {
    String customer =
        customers
            .find(uid)
            .orElseThrow(() ->
                ProblemException.conflict(
                    Reason.NO_PURCHASES, "You have not bought anything through Stripe yet"));
    return Refusals.opened(stripe.openPortal(customer, returnUrl, requestId));
  }
}
