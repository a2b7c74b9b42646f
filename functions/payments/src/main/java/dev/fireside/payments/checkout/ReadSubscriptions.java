package dev.fireside.payments.checkout;

import dev.fireside.payments.checkout.store.OrderStore;
import dev.fireside.payments.checkout.store.StripeCheckouts;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.Payload;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person's subscriptions at Stripe, as they are there now.
final class ReadSubscriptions {
  private final FindCustomer customers;
  private final StripeCheckouts stripe;

  /// One subscription.
  ///
  /// @param price its Stripe price, by which the catalogue names the product
  /// @param status Stripe's word: `active`, `past_due`, `canceled`, …
  /// @param renewing whether it goes on after the period
  /// @param periodEnd end of the period that is paid or due; null for none
  record Subscription(
      String id,
      @Nullable String price,
      String status,
      boolean renewing,
      @Nullable Instant periodEnd) {}

  ReadSubscriptions(OrderStore orders, StripeCheckouts stripe) {
    this.customers = new FindCustomer(orders, stripe);
    this.stripe = stripe;
  }

  /// All of them, ended ones too, newest first.
  List<Subscription> read(Uid uid) {
    return customers
        .find(uid)
        .flatMap(stripe::subscriptions)
        .map(json -> Payload.of(json).objects("data"))
        .orElse(List.of())
        .stream()
        .map(ReadSubscriptions::subscription)
        .toList();
  }

  private static Subscription subscription(Payload json) {
    List<Payload> items = json.object("items").objects("data");
    Payload item = items.isEmpty() ? json.object("items") : items.getFirst();
    Payload period = item.has("current_period_end") ? item : json;
    return new Subscription(
        json.id("id"),
        item.object("price").optionalId("id"),
        json.text("status"),
        !json.has("ended_at") && !json.flag("cancel_at_period_end") && !json.has("cancel_at"),
        period.has("current_period_end")
            ? Instant.ofEpochSecond(period.seconds("current_period_end"))
            : null);
  }
}
