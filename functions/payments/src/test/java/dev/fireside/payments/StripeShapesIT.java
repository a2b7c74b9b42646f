package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.ConnectNotice;
import dev.fireside.stripe.StripeStandIn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The shapes in which Stripe tells things, and where it may be asked for more.
class StripeShapesIT {
  private static final String GEMS = "coin:GEM";
  private static final String INVOICE = "/v1/invoices/in_1TestInv0001";
  private static final long PERIOD_END = 1_769_904_000_000L;
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .with(Shop.settings(STRIPE, "sk_of_the_tests"))
          .topics(ConnectNotice.TOPIC);

  private final Shop shop = new Shop(fireside);

  @BeforeEach
  void open() {
    fireside.resetData();
    STRIPE.reset();
    STRIPE.put(INVOICE, Shop.paidInvoice());
    shop.fillCatalogue();
  }

  @AfterEach
  void booksAreInOrder() {
    fireside.settle();
    assertThat(shop.proof().faults()).isEmpty();
  }

  @AfterAll
  static void close() {
    STRIPE.close();
  }

  private static ObjectNode object(ObjectNode event) {
    return (ObjectNode) event.path("data").path("object");
  }

  private static ObjectNode event(String fixture, String id) {
    return (ObjectNode) Shop.json(Shop.stripeEvent(fixture, id, Map.of()));
  }

  private static ArrayNode lines(ObjectNode invoice) {
    return (ArrayNode) object(invoice).path("lines").path("data");
  }

  private void deliver(ObjectNode event) {
    shop.deliverStripe(event.toString(), 200);
  }

  private List<String> reasons() {
    var documents = fireside.platform().documents();
    return documents.list(documents.collection("reviews")).stream()
        .map(review -> review.fields().requiredText("reason"))
        .toList();
  }

  @Test
  void takesTheLineOfTheSubscriptionWhereverItStands() {
    ObjectNode invoice = event("invoice.paid", "evt_lines");
    ObjectNode period = (ObjectNode) lines(invoice).get(0).deepCopy();
    lines(invoice).removeAll();
    for (boolean proration : new boolean[] {false, true}) {
      ObjectNode extra = period.deepCopy();
      extra.withObject("/pricing/price_details").put("price", "price_extra");
      extra
          .putObject("parent")
          .put("type", "invoice_item_details")
          .putObject("invoice_item_details")
          .put("proration", proration);
      lines(invoice).add(extra);
    }
    lines(invoice).add(period.put("quantity", 5));
    deliver(invoice);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(PERIOD_END);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(50);
    assertThat(shop.balance("revenue:pro_monthly", "USD")).isEqualTo(-999);
  }

  @Test
  void takesInvoicesAndSubscriptionsOfBefore2025() {
    ObjectNode invoice = event("invoice.paid", "evt_old");
    object(invoice).remove("parent");
    object(invoice)
        .put("subscription", "sub_1TestSub0001")
        .put("payment_intent", "pi_old")
        .putObject("subscription_details")
        .putObject("metadata")
        .put("uid", Shop.ALICE);
    ObjectNode line = (ObjectNode) lines(invoice).get(0);
    line.remove(List.of("pricing", "parent"));
    line.put("type", "subscription").put("proration", false);
    line.putObject("price").put("id", "price_TestProMonthly");
    ObjectNode change = line.deepCopy();
    change.put("proration", true).putObject("price").put("id", "price_before");
    lines(invoice).insert(0, change);
    STRIPE.reset();
    deliver(invoice);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(PERIOD_END);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
    ObjectNode subscription = event("customer.subscription.updated", "evt_old_sub");
    object(subscription).put("current_period_end", PERIOD_END / 1_000 + 60);
    ((ObjectNode) object(subscription).path("items").path("data").path(0))
        .remove("current_period_end");
    deliver(subscription);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(PERIOD_END + 60_000);
    deliver(refund("evt_old_refund", Map.of("payment_intent", "pi_old")));
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
  }

  private static ObjectNode refund(String id, Map<String, ?> payment) {
    var changes = new HashMap<String, Object>(payment);
    changes.putAll(Map.of("amount", 999, "amount_refunded", 999));
    return (ObjectNode) Shop.json(Shop.stripeEvent("charge.refunded", id, changes));
  }

  @Test
  void givesWhatWasPaidForWhereNobodyKnowsThePayment() {
    STRIPE.reset();
    shop.deliverStripe("invoice.paid");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
  }

  @Test
  void findsTheChargeOfAnInvoiceThatWasPaidByBank() {
    ObjectNode invoice = Shop.paidInvoice();
    ((ObjectNode) invoice.at("/payments/data/0")).putObject("payment").put("charge", "ch_bank");
    STRIPE.put(INVOICE, invoice);
    shop.deliverStripe("invoice.paid");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
    var charge = new HashMap<String, Object>();
    charge.put("id", "ch_bank");
    charge.put("payment_intent", null);
    deliver(refund("evt_refund", charge));
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    // What was paid outside of Stripe has no payment there.
    STRIPE.put("/v1/invoices/in_cash", Json.mapper().createObjectNode().put("id", "in_cash"));
    shop.deliverStripe(Shop.stripeEvent("invoice.paid", "evt_cash", Map.of("id", "in_cash")), 200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
  }

  @Test
  void judgesAnInvoiceByThePriceOfItsLineAndNotByWhatIsLeftToPay() {
    shop.put(
        "pro_monthly",
        """
        {"names": [], "entitlements": ["pro"], "currencies": [{"code": "GEM", "amount": 10}],
         "stripePrice": "price_TestProMonthly", "subscription": true,
         "prices": [{"currency": "USD", "min": 900, "max": 1100}]}
        """);
    String coupon = Shop.stripeEvent("invoice.paid", "evt_coupon", Map.of("amount_paid", 300));
    shop.deliverStripe(coupon, 200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
    ObjectNode change = event("invoice.paid", "evt_change");
    object(change)
        .put("id", "in_change")
        .put("payment_intent", "pi_change")
        .put("amount_paid", 17)
        .put("billing_reason", "subscription_update");
    deliver(change);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(PERIOD_END);
    assertThat(reasons()).isEmpty();
    ObjectNode cheap = event("invoice.paid", "evt_cheap");
    object(cheap).put("id", "in_cheap").put("payment_intent", "pi_cheap");
    ((ObjectNode) lines(cheap).get(0)).put("amount", 5);
    deliver(cheap);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
    assertThat(reasons()).containsExactly("price_band");
  }

  @Test
  void holdsASessionOfAnUnknownOrderThatDoesNotCostWhatTheProductDoes() {
    shop.deliverStripe(
        Shop.stripeEvent(
            "checkout.session.completed",
            "evt_cheap",
            Map.of("amount_total", 1, "client_reference_id", "2024/1")),
        200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isEqualTo(500);
    assertThat(reasons()).containsExactly("order_mismatch");
    // Fields that others fill as they like are no reason to refuse an event.
    shop.deliverStripe(
        Shop.stripeEvent(
            "checkout.session.completed",
            "evt_foreign",
            Map.of(
                "id",
                "cs_foreign",
                "payment_intent",
                "pi_foreign",
                "client_reference_id",
                "2024/1",
                "metadata",
                Map.of("uid", "a/b", "sku", "a/b", "order_id", "c/d"))),
        200);
    assertThat(shop.journals()).isEqualTo(1);
  }

  @Test
  void givesThePeriodOfAnInvoiceThatIsNewerThanWhatIsKnownOfItsSubscription() {
    shop.deliverStripe("customer.subscription.updated");
    ObjectNode next = event("invoice.paid", "evt_next");
    next.put("created", PERIOD_END / 1_000);
    ((ObjectNode) lines(next).get(0)).withObject("/period").put("end", PERIOD_END / 500);
    deliver(next);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(PERIOD_END * 2);
  }

  @Test
  void leavesOurOwnEventsToTheEndpointTheyAreFor() {
    String body = Shop.fixture("stripe/checkout.session.completed");
    String connect = "/api/webhooks/stripe-connect";
    assertThat(shop.stripe(connect, Shop.CONNECT_SECRET, body).status()).isEqualTo(200);
    assertThat(shop.journals()).isZero();
    shop.deliverStripe(body, 200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
  }

  @Test
  void takesEitherSecretWhileItIsChanged() {
    String body = Shop.fixture("stripe/checkout.session.completed");
    String path = "/api/webhooks/stripe";
    for (String secret : List.of(Shop.STRIPE_SECRET_BEFORE, Shop.STRIPE_SECRET)) {
      assertThat(shop.stripe(path, secret, body).status()).isEqualTo(200);
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
  }

  @Test
  void answersARepeatedDeliveryWithoutStripe() {
    shop.deliverStripe("invoice.paid");
    STRIPE.reset();
    String again =
        Shop.fixture("stripe/invoice.paid")
            .replace("\"pending_webhooks\": 1", "\"pending_webhooks\": 0");
    assertThat(again).isNotEqualTo(Shop.fixture("stripe/invoice.paid"));
    Reply reply = shop.stripe(again);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("outcome").asText()).isEqualTo("duplicate");
    assertThat(STRIPE.calls()).isEmpty();
  }

  @Test
  void takesThinEventsWhoseObjectsAreGone() {
    String thin =
        """
        {"id": "evt_%s", "object": "v2.core.event", "type": "v1.%s",
         "created": "2026-01-01T00:00:00.000Z", "livemode": true, "context": "acct_left",
         "related_object": {"id": "x", "type": "y", "url": "/v1/y/x"}}
        """;
    String connect = "/api/webhooks/stripe-connect";
    for (String type :
        List.of("account.external_account.deleted", "account.application.deauthorized")) {
      String body = thin.formatted(type, type);
      assertThat(shop.stripe(connect, Shop.CONNECT_SECRET, body).status()).isEqualTo(200);
    }
    // What happens in creators' own shops is not even read.
    int calls = STRIPE.calls().size();
    String foreign = thin.formatted("foreign", "checkout.session.completed");
    assertThat(shop.stripe(connect, Shop.CONNECT_SECRET, foreign).status()).isEqualTo(200);
    assertThat(STRIPE.calls()).hasSize(calls);
  }

  @Test
  void grantsAnUnknownPriceOnceWhenTheCatalogueLearnsIt() {
    ObjectNode invoice = event("invoice.paid", "evt_unknown");
    ((ObjectNode) lines(invoice).get(0))
        .withObject("/pricing/price_details")
        .put("price", "price_later");
    deliver(invoice);
    assertThat(shop.journals()).isZero();
    String product =
        """
        {"names": [], "entitlements": ["later"], "stripePrice": "price_later",
         "currencies": [{"code": "GEM", "amount": 7}], "subscription": true}
        """;
    shop.put("later", product);
    shop.put("later", product);
    fireside.settle();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(7);
    assertThat(shop.accessUntil(Shop.ALICE, "later")).isEqualTo(PERIOD_END);
    assertThat(shop.journals()).isEqualTo(1);
  }

  @Test
  void grantsAnInvoiceOnceHoweverOftenItComesAtOnce() throws Exception {
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 5; i++) {
      String body = Shop.stripeEvent("invoice.paid", "evt_twin_" + i, Map.of());
      calls.addAll(Collections.nCopies(10, () -> shop.stripe(body).status()));
    }
    try (var threads = Executors.newFixedThreadPool(50)) {
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
    assertThat(shop.balance("revenue:pro_monthly", "USD")).isEqualTo(-999);
    assertThat(shop.journals()).isEqualTo(1);
  }
}
