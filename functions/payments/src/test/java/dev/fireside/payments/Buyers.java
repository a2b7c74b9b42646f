package dev.fireside.payments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.stripe.StripeStandIn;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What people buy, as the providers know it, and the webhooks that tell it.
///
/// @param now the time of it all, in milliseconds
/// @param webhooks gets what sends each of them
record Buyers(
    Shop shop,
    StripeStandIn stripe,
    RevenueCatStandIn revenueCat,
    long now,
    List<Runnable> webhooks) {

  private static Map<String, Object> revenue(String gross, String fee, String tax) {
    return Map.of(
        "currency", "USD",
        "gross", new BigDecimal(gross),
        "commission", new BigDecimal(fee),
        "tax", new BigDecimal(tax));
  }

  Map<String, Object> changes(
      String uid, String event, String transaction, String original, long at, Map<String, ?> more) {
    var changes = new HashMap<String, Object>();
    changes.put("id", event);
    changes.put("app_user_id", uid);
    changes.put("original_app_user_id", uid);
    changes.put("aliases", List.of(uid));
    changes.put("transaction_id", transaction);
    changes.put("original_transaction_id", original);
    changes.put("event_timestamp_ms", at);
    changes.put("purchased_at_ms", at - 2_000);
    changes.put("currency", "USD");
    changes.put("price", 9.99);
    changes.put("price_in_purchased_currency", 9.99);
    changes.put("commission_percentage", 0.15);
    changes.put("tax_percentage", 0.10);
    changes.putAll(more);
    return changes;
  }

  void subscription(String uid, int number, boolean cancelled, boolean expired) {
    String sub = "sub" + number;
    int shift = expired ? -21 : 0;
    long[] starts = {days(-40 + shift) + number * 1_000L, days(-10 + shift) + number * 1_000L};
    long[] ends = {starts[1], days(20 + shift) + number * 1_000L};
    revenueCat.subscription(
        uid,
        Map.of(
            "id",
            sub,
            "customer_id",
            uid,
            "store",
            "app_store",
            "environment",
            "production",
            "gives_access",
            !expired,
            "status",
            expired ? "expired" : "active",
            "auto_renewal_status",
            cancelled ? "will_not_renew" : "will_renew",
            "current_period_starts_at",
            starts[1],
            "current_period_ends_at",
            ends[1],
            "store_subscription_identifier",
            sub + "-0"));
    for (int period = 0; period < 2; period++) {
      revenueCat.transaction(
          sub,
          Map.of(
              "id",
              sub + "-" + period,
              "purchased_at",
              starts[period],
              "expiration_date",
              ends[period],
              "product_store_identifier",
              "com.example.pro.monthly",
              "revenue_in_local_currency",
              revenue("9.99", "1.50", "1.00")));
      String name = period == 0 ? "initial_purchase" : "renewal";
      Map<String, Object> stated =
          changes(
              uid,
              sub + name,
              sub + "-" + period,
              sub + "-0",
              starts[period] + 5_000,
              Map.of("purchased_at_ms", starts[period], "expiration_at_ms", ends[period]));
      webhooks.add(() -> shop.deliver(name, stated));
    }
    if (cancelled) {
      Map<String, Object> stated =
          changes(
              uid,
              sub + "cancel",
              sub + "-1",
              sub + "-0",
              days(-3 + shift),
              Map.of("purchased_at_ms", starts[1], "expiration_at_ms", ends[1]));
      webhooks.add(() -> shop.deliver("cancellation_unsubscribe", stated));
    }
    if (expired) {
      Map<String, Object> stated =
          changes(
              uid,
              sub + "end",
              sub + "-1",
              sub + "-0",
              ends[1] + 5_000,
              Map.of("purchased_at_ms", starts[1], "expiration_at_ms", ends[1]));
      webhooks.add(() -> shop.deliver("expiration", stated));
    }
  }

  void consumable(String uid, int number, boolean refunded) {
    long at = days(-2) + number * 60_000L;
    String id = "buy" + number;
    revenueCat.purchase(
        uid,
        Map.of(
            "id",
            "purch" + number,
            "customer_id",
            uid,
            "product_id",
            "prod_gems",
            "purchased_at",
            at,
            "quantity",
            1,
            "status",
            refunded ? "refunded" : "owned",
            "store",
            "play_store",
            "environment",
            "production",
            "store_purchase_identifier",
            id,
            "revenue_in_usd",
            revenue("9.99", "1.50", "1.00")));
    Map<String, Object> stated =
        changes(uid, id, id, id, at + 3_000, Map.of("purchased_at_ms", at, "store", "PLAY_STORE"));
    webhooks.add(() -> shop.deliver("non_renewing_purchase", stated));
    if (refunded) {
      var refund = new HashMap<>(stated);
      refund.put("id", id + "refund");
      refund.put("event_timestamp_ms", at + 90_000);
      refund.put("price", -9.99);
      refund.put("price_in_purchased_currency", -9.99);
      webhooks.add(() -> shop.deliver("cancellation_refund_consumable", refund));
    }
  }

  void session(String uid, int number, boolean refunded) {
    Map<String, Object> session =
        Map.of(
            "id", "cs_" + number,
            "payment_intent", "pi_" + number,
            "customer", "cus_" + number,
            "created", days(-2) / 1_000 + number,
            "client_reference_id", "order" + number,
            "metadata", Map.of("uid", uid, "sku", "gems_500"));
    stripe("checkout.session.completed", "evt_s" + number, days(-2) + number * 1_000L, session);
    if (refunded) {
      stripe(
          "charge.refunded",
          "evt_r" + number,
          days(-1) + number * 1_000L,
          Map.of(
              "id", "ch_" + number,
              "payment_intent", "pi_" + number,
              "customer", "cus_" + number,
              "metadata", Map.of("uid", uid)));
    }
  }

  void stripe(String name, String id, long at, Map<String, ?> changes) {
    ObjectNode event = (ObjectNode) Shop.json(Shop.stripeEvent(name, id, changes));
    event.put("created", at / 1_000);
    stripe.emit(event);
    String body = event.toString();
    webhooks.add(() -> shop.deliverStripe(body, 200));
  }

  long days(int days) {
    return Instant.ofEpochMilli(now).plus(Duration.ofDays(days)).toEpochMilli();
  }
}
