package dev.fireside.payments.checkout;

import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.payments.checkout.store.OrderStore;
import dev.fireside.payments.checkout.store.StripeCheckouts;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Uid;
import java.util.List;

/// Opens a checkout at Stripe for a product of the catalogue.
final class OpenCheckout {
  private final CatalogueStore catalogue;
  private final OrderStore orders;
  private final StripeCheckouts stripe;
  private final FindCustomer customers;

  /// What the buyer asks for.
  record Wish(String product, String successUrl, String cancelUrl) {}

  /// Where the buyer pays.
  record Opened(String orderId, String url) {}

  OpenCheckout(CatalogueStore catalogue, OrderStore orders, StripeCheckouts stripe) {
    this.catalogue = catalogue;
    this.orders = orders;
    this.stripe = stripe;
    this.customers = new FindCustomer(orders, stripe);
  }

  /// Opens a checkout; the same one for the same order id. What it costs is the catalogue's word.
  Opened open(Uid uid, Wish wish, String orderId) {
    Product product = catalogue.get(wish.product()).orElse(null);
    if (product == null || !isSold(product)) {
      throw ProblemException.invalid(
          ProblemType.INVALID_INPUT, List.of(new FieldError("product", "cannot be bought here")));
    }
    // Noted before Stripe is asked, so that nobody can pay for an order that we do not know.
    Money price = product.subscription() ? null : product.price();
    OrderStore.Order order = orders.open(orderId, uid, product.id(), price);
    StripeCheckouts.Checkout checkout =
        Refusals.opened(
            stripe.openCheckout(
                new StripeCheckouts.CheckoutWish(
                    orderId,
                    uid,
                    customers.findOrMake(uid),
                    product,
                    price == null ? null : order.amount(),
                    price == null ? null : order.currency(),
                    wish.successUrl(),
                    wish.cancelUrl())));
    // Our own price stays what was noted: what was paid is compared with it.
    boolean stated = price == null;
    orders.opened(
        orderId,
        checkout.id(),
        stated ? checkout.amount() : null,
        stated ? checkout.currency() : null);
    return new Opened(orderId, checkout.url());
  }

  /// A subscription needs a price at Stripe, which renews by itself; a price of ours must be one
  /// that Stripe can take.
  private static boolean isSold(Product product) {
    Money price = product.subscription() ? null : product.price();
    return price == null
        ? product.stripePrice() != null
        : price.minor() % Money.stripeStep(price.currency()) == 0;
  }
}
