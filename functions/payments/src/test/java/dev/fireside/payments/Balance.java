package dev.fireside.payments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.StripeStandIn;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/// What moves our balance at Stripe, as its stand-in knows it.
final class Balance {
  private static final Duration AGO = Duration.ofHours(1);

  private final StripeStandIn stripe;
  private final Clock clock;

  Balance(StripeStandIn stripe, Clock clock) {
    this.stripe = stripe;
    this.clock = clock;
  }

  /// A balance transaction that can be read.
  ///
  /// @param source what it is about, inside
  ObjectNode put(
      String id, String category, long amount, long fee, String currency, ObjectNode source) {
    ObjectNode moved = Json.mapper().createObjectNode();
    moved.put("id", id);
    moved.put("object", "balance_transaction");
    moved.put("amount", amount);
    moved.put("fee", fee);
    moved.put("net", amount - fee);
    moved.put("currency", currency);
    moved.put("created", clock.instant().minus(AGO).getEpochSecond());
    moved.put("reporting_category", category);
    if (source.has("currency") && !source.path("currency").asText().equals(currency)) {
      moved.put("exchange_rate", 1.08);
    }
    moved.set("source", source);
    stripe.put("/v1/balance_transactions/" + id, moved);
    return moved;
  }

  /// A charge that was paid, and can be read.
  ObjectNode charge(String id, String payment, long amount, String currency) {
    ObjectNode charge =
        Json.mapper()
            .valueToTree(
                Map.of(
                    "id", id,
                    "object", "charge",
                    "amount", amount,
                    "amount_captured", amount,
                    "captured", true,
                    "paid", true,
                    "currency", currency,
                    "payment_intent", payment));
    stripe.put("/v1/charges/" + id, charge);
    return charge;
  }

  /// An event about an object.
  static String event(String id, String type, ObjectNode object) {
    ObjectNode event = Json.mapper().createObjectNode();
    event.put("id", id);
    event.put("object", "event");
    event.put("type", type);
    event.put("created", 1_767_226_001L);
    event.put("livemode", true);
    event.putObject("data").set("object", object);
    return event.toString();
  }
}
