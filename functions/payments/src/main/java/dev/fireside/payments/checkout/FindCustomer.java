package dev.fireside.payments.checkout;

import dev.fireside.payments.checkout.store.OrderStore;
import dev.fireside.payments.checkout.store.StripeCheckouts;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.Payload;
import java.util.List;
import java.util.Optional;

/// A person's customer at Stripe: one for each person, however often somebody asks at once.
final class FindCustomer {
  private final OrderStore orders;
  private final StripeCheckouts stripe;

  FindCustomer(OrderStore orders, StripeCheckouts stripe) {
    this.orders = orders;
    this.stripe = stripe;
  }

  /// The customer, if there is one.
  Optional<String> find(Uid uid) {
    Optional<String> known = orders.customerOf(uid);
    if (known.isPresent()) {
      return known;
    }
    // A process may have died between making it and noting it, longer ago than Stripe knows a key.
    List<Payload> found =
        stripe.findCustomers(uid).map(json -> Payload.of(json).objects("data")).orElse(List.of());
    return found.stream().findFirst().map(customer -> orders.putCustomer(uid, customer.id("id")));
  }

  /// The customer, made where there is none.
  String findOrMake(Uid uid) {
    return find(uid).orElseGet(() -> orders.putCustomer(uid, stripe.createCustomer(uid)));
  }
}
