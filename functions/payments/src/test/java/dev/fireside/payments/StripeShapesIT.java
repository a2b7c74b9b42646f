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
    for (String sum : List.of("amount_paid", "total", "total_excluding_tax")) {
      object(invoice).put(sum, 3 * 999);
    }
    deliver(invoice);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(PERIOD_END);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(50);
    assertThat(shop.balance("revenue:pro_monthly", "USD")).isEqualTo(-999);
  }

  private void fillLines() {
    shop.put(
        "addon",
        """
        {"names": [], "entitlements": ["addon"], "stripePrice": "price_addon",
         "currencies": [{"code": "GEM", "amount": 100}], "subscription": true}
        """);
    shop.put(
        "gems_beside",
        """
        {"names": [], "stripePrice": "price_gems", "currencies": [{"code": "GEM", "amount": 500}]}
        """);
    shop.put(
        "basic",
        """
        {"names": [], "entitlements": ["basic"], "stripePrice": "price_basic",
         "currencies": [{"code": "GEM", "amount": 3}], "subscription": true}
        """);
    fireside.settle();
  }

  /// The invoice of the fixtures with other lines, of which each names its price and its amount.
  private static ObjectNode invoice(String id, long paid, ObjectNode... lines) {
    ObjectNode invoice = event("invoice.paid", "evt_" + id);
    object(invoice).put("id", id).put("payment_intent", "pi_" + id);
    for (String sum : List.of("amount_paid", "amount_due", "total", "total_excluding_tax")) {
      object(invoice).put(sum, paid);
    }
    lines(invoice).removeAll();
    lines(invoice).addAll(List.of(lines));
    return invoice;
  }

  private static ObjectNode line(String price, long amount) {
    ObjectNode line = (ObjectNode) lines(event("invoice.paid", "evt_line")).get(0);
    line.put("id", "il_" + price).put("amount", amount);
    line.withObject("/pricing/price_details").put("price", price);
    return line;
  }

  private static ObjectNode single(String price, long amount) {
    ObjectNode line = line(price, amount);
    line.putObject("parent")
        .put("type", "invoice_item_details")
        .putObject("invoice_item_details")
        .put("proration", false);
    return line;
  }

  private static ObjectNode proration(String price, long amount) {
    ObjectNode line = line(price, amount);
    line.withObject("/parent/subscription_item_details").put("proration", true);
    return line;
  }

  private static ObjectNode subscription(String id, String... prices) {
    ObjectNode event = event("customer.subscription.updated", id);
    var items = (ArrayNode) object(event).path("items").path("data");
    ObjectNode first = (ObjectNode) items.get(0).deepCopy();
    items.removeAll();
    for (String price : prices) {
      ObjectNode item = first.deepCopy();
      item.put("id", "si_" + price).withObject("/price").put("id", price);
      items.add(item);
    }
    return event;
  }

  private long revenue(String product) {
    return -shop.balance("revenue:" + product, "USD");
  }

  @Test
  void givesEachItemAndEachLineItsAccessUnitsAndRevenue() {
    fillLines();
    ObjectNode both = line("price_addon", 499);
    List<ObjectNode> events =
        List.of(
            subscription("evt_items", "price_TestProMonthly", "price_addon"),
            invoice("in_both", 1_498, line("price_TestProMonthly", 999), both));
    for (List<ObjectNode> order : List.of(events, events.reversed())) {
      fireside.resetData();
      shop.fillCatalogue();
      fillLines();
      order.forEach(this::deliver);
      assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(PERIOD_END);
      assertThat(shop.accessUntil(Shop.ALICE, "addon")).isEqualTo(PERIOD_END);
      assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(110);
      assertThat(revenue("pro_monthly")).isEqualTo(999);
      assertThat(revenue("addon")).isEqualTo(499);
      assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(1_498);
      // A twin of the invoice, and the other order of its lines, bring nothing.
      deliver(order.getLast().deepCopy().put("id", "evt_twin"));
      assertThat(shop.journals()).isEqualTo(2);
    }
    // What is removed gives no more.
    ObjectNode removed = subscription("evt_removed", "price_TestProMonthly");
    removed.put("created", removed.path("created").asLong() + 60);
    deliver(removed);
    assertThat(shop.accessUntil(Shop.ALICE, "addon")).isZero();
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(PERIOD_END);
  }

  @Test
  void givesWhatItKnowsBesideWhatIsNotInTheCatalogue() {
    deliver(subscription("evt_seat", "price_seat", "price_TestProMonthly"));
    deliver(invoice("in_seat", 1_199, line("price_seat", 200), line("price_TestProMonthly", 999)));
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(PERIOD_END);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
    assertThat(revenue("pro_monthly")).isEqualTo(999);
    shop.put(
        "seat",
        """
        {"names": [], "entitlements": ["seat"], "stripePrice": "price_seat", "subscription": true}
        """);
    fireside.settle();
    assertThat(revenue("seat")).isEqualTo(200);
    assertThat(shop.accessUntil(Shop.ALICE, "seat")).isEqualTo(PERIOD_END);
  }

  @Test
  void givesWhatWasBoughtOnceBesideASubscription() {
    fillLines();
    deliver(
        invoice("in_first", 1_499, single("price_gems", 500), line("price_TestProMonthly", 999)));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(510);
    assertThat(revenue("gems_beside")).isEqualTo(500);
    assertThat(revenue("pro_monthly")).isEqualTo(999);
  }

  @Test
  void booksAChangeOfPlanToBothPlansWhateverComesFirst() {
    for (boolean reversed : new boolean[] {false, true}) {
      fireside.resetData();
      shop.fillCatalogue();
      fillLines();
      ObjectNode less = proration("price_basic", -250);
      ObjectNode more = proration("price_TestProMonthly", 500);
      ObjectNode change =
          reversed ? invoice("in_change", 250, more, less) : invoice("in_change", 250, less, more);
      object(change).put("billing_reason", "subscription_update");
      deliver(change);
      assertThat(revenue("basic")).isEqualTo(-250);
      assertThat(revenue("pro_monthly")).isEqualTo(500);
      assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(250);
      assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
      assertThat(reasons()).isEmpty();
      deliver(refundOf("in_change", "evt_part", 100));
      assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(150);
      deliver(refundOf("in_change", "evt_all", 250));
      assertThat(revenue("basic")).isZero();
      assertThat(revenue("pro_monthly")).isZero();
      assertThat(shop.balance("store_receivable:stripe", "USD")).isZero();
    }
  }

  private static ObjectNode refundOf(String invoice, String id, long amount) {
    ObjectNode refund =
        refund(id, Map.of("payment_intent", "pi_" + invoice, "amount_refunded", amount));
    object(refund).put("amount_refunded", amount);
    return refund;
  }

  @Test
  void dividesDiscountsTaxesRefundsAndDisputesOverLines() {
    fillLines();
    ObjectNode pro = line("price_TestProMonthly", 999);
    pro.putArray("discount_amounts").addObject().put("amount", 99);
    pro.putArray("taxes").addObject().put("amount", 100).put("tax_behavior", "exclusive");
    ObjectNode addon = line("price_addon", 500);
    addon.putArray("taxes").addObject().put("amount", 23).put("tax_behavior", "inclusive");
    ObjectNode invoice = invoice("in_taxed", 1_500, pro, addon);
    object(invoice).put("total_excluding_tax", 1_377);
    deliver(invoice);
    assertThat(revenue("pro_monthly")).isEqualTo(900);
    assertThat(revenue("addon")).isEqualTo(477);
    assertThat(shop.balance("tax:stripe", "USD")).isEqualTo(-123);
    assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(1_500);
    deliver(refundOf("in_taxed", "evt_half", 751));
    assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(749);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(110 - 5 - 50);
    deliver(subscription("evt_items", "price_TestProMonthly", "price_addon"));
    assertThat(shop.accessUntil(Shop.ALICE, "addon")).isEqualTo(PERIOD_END);
    var dispute = new HashMap<String, Object>();
    dispute.put("payment_intent", "pi_in_taxed");
    dispute.put("amount", 749);
    shop.deliverStripe(Shop.stripeEvent("charge.dispute.created", "evt_dispute", dispute), 200);
    assertThat(shop.balance("disputed:stripe", "USD")).isEqualTo(749);
    assertThat(shop.balance("fees:stripe", "USD")).isEqualTo(1_500);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.accessUntil(Shop.ALICE, "addon")).isZero();
    dispute.put("status", "lost");
    shop.deliverStripe(Shop.stripeEvent("charge.dispute.closed", "evt_lost", dispute), 200);
    assertThat(shop.balance("disputed:stripe", "USD")).isZero();
    assertThat(
            shop.balance("dispute_loss:pro_monthly", "USD")
                + shop.balance("dispute_loss:addon", "USD"))
        .isEqualTo(749);
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isZero();
  }

  @Test
  void takesARefundFromTheLinesThatItsCreditNoteNames() {
    fillLines();
    ObjectNode invoice =
        invoice("in_note", 1_498, line("price_TestProMonthly", 999), line("price_addon", 499));
    STRIPE.put("/v1/invoices/in_note", object(invoice));
    ObjectNode note = event("charge.refunded", "evt_note").put("type", "credit_note.created");
    object(note).removeAll();
    object(note)
        .put("id", "cn_1")
        .put("invoice", "in_note")
        .put("currency", "usd")
        .put("status", "issued");
    object(note).putArray("refunds").addObject().put("amount_refunded", 499);
    object(note)
        .putObject("lines")
        .putArray("data")
        .addObject()
        .put("amount", 499)
        .put("invoice_line_item", "il_price_addon");
    List<ObjectNode> events = List.of(invoice, note, refundOf("in_note", "evt_back", 499));
    for (List<ObjectNode> order : List.of(events, events.reversed())) {
      fireside.resetData();
      shop.fillCatalogue();
      fillLines();
      order.forEach(this::deliver);
      assertThat(revenue("addon")).isZero();
      assertThat(revenue("pro_monthly")).isEqualTo(999);
      assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
    }
    object(note).put("status", "void");
    deliver(note.put("id", "evt_void").put("type", "credit_note.voided"));
    assertThat(revenue("addon") + revenue("pro_monthly")).isEqualTo(999);
    assertThat(revenue("addon")).isPositive();
  }

  @Test
  void readsTheLinesThatAnEventLeavesOut() {
    fillLines();
    ObjectNode invoice = invoice("in_long", 1_498, line("price_TestProMonthly", 999));
    object(invoice).withObject("/lines").put("has_more", true);
    ObjectNode all = Json.mapper().createObjectNode().put("has_more", false);
    all.putArray("data").add(line("price_TestProMonthly", 999)).add(line("price_addon", 499));
    STRIPE.put("/v1/invoices/in_long/lines", all);
    deliver(invoice);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(110);
    assertThat(revenue("addon")).isEqualTo(499);
  }

  @Test
  void leavesAnInvoiceThatWasBookedAsOneTransactionAsItIs() {
    fillLines();
    deliver(invoice("in_old", 1_498, line("price_TestProMonthly", 1_498)));
    ObjectNode twin =
        invoice("in_old", 1_498, line("price_TestProMonthly", 999), line("price_addon", 499));
    deliver(twin.put("id", "evt_another"));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
    assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(1_498);
    deliver(refundOf("in_old", "evt_all", 1_498));
    assertThat(shop.balance("store_receivable:stripe", "USD")).isZero();
  }

  @Test
  void givesAllThatASessionSold() {
    fillLines();
    ObjectNode list = Json.mapper().createObjectNode().put("has_more", false);
    for (String price : List.of("price_adhoc", "price_gems")) {
      list.withArray("/data")
          .addObject()
          .put("id", "li_" + price)
          .put("amount_total", price.equals("price_gems") ? 1_000 : 499)
          .put("amount_tax", 0)
          .put("quantity", price.equals("price_gems") ? 2 : 1)
          .putObject("price")
          .put("id", price);
    }
    STRIPE.put("/v1/checkout/sessions/cs_basket/line_items", list);
    shop.deliverStripe(
        Shop.stripeEvent(
            "checkout.session.completed",
            "evt_basket",
            Map.of("id", "cs_basket", "payment_intent", "pi_in_basket", "amount_total", 1_499)),
        200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500 + 1_000);
    assertThat(revenue("gems_500")).isEqualTo(499);
    assertThat(revenue("gems_beside")).isEqualTo(1_000);
    assertThat(reasons()).isEmpty();
    deliver(refundOf("in_basket", "evt_all", 1_499));
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
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
    assertThat(shop.journals()).isEqualTo(2);
    assertThat(shop.balance("unassigned:stripe", "USD")).isEqualTo(-499);
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
    assertThat(shop.journals()).isEqualTo(1);
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
    assertThat(shop.journals()).isEqualTo(2);
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
