package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.stripe.StripeStandIn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A subscription whose payment does not stand, by all orders of what Stripe reports about it, each
/// event twice: some of them may come days after the others, or never.
class SubscriptionOrdersIT {
  private static final Map<String, Object> PAYMENT =
      Map.of("payment_intent", "pi_invoice", "amount", 999);

  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Shop.settings(STRIPE, "sk_of_the_tests"));

  private final Shop shop = new Shop(fireside);

  @BeforeEach
  void knowTheInvoice() {
    fireside.resetData();
    STRIPE.reset();
    STRIPE.put("/v1/invoices/in_1TestInv0001", Shop.paidInvoice());
  }

  @AfterAll
  static void close() {
    STRIPE.close();
  }

  @AfterEach
  void booksAreInOrder() {
    fireside.settle();
    assertThat(shop.proof().faults()).isEmpty();
  }

  private static String event(String fixture, String id, Map<String, Object> changes) {
    var all = new HashMap<String, Object>(PAYMENT);
    all.putAll(changes);
    return Shop.stripeEvent(fixture, id, all);
  }

  private static String invoice() {
    return Shop.stripeEvent("invoice.paid", "evt_paid", Map.of("payment_intent", "pi_invoice"));
  }

  /// The invoice with a line for an add-on beside.
  private static String twoLines() {
    ObjectNode event = (ObjectNode) Shop.json(invoice());
    ObjectNode object = (ObjectNode) event.path("data").path("object");
    ArrayNode lines = object.withArray("/lines/data");
    ObjectNode addon = lines.get(0).deepCopy();
    addon.put("id", "il_addon").put("amount", 499);
    ((ObjectNode) addon.path("pricing").path("price_details")).put("price", "price_addon");
    lines.add(addon);
    for (String total : List.of("amount_paid", "total", "total_excluding_tax")) {
      object.put(total, 1_498);
    }
    return event.toString();
  }

  private static String refund(int amount, long created) {
    ObjectNode event =
        (ObjectNode)
            Shop.json(
                event(
                    "charge.refunded",
                    "evt_refund",
                    Map.of("amount", amount, "amount_refunded", amount)));
    return event.put("created", created).toString();
  }

  private static String dispute(String status) {
    String fixture = status.equals("needs_response") ? "created" : "closed";
    return event(
        "charge.dispute." + fixture,
        "evt_" + status,
        Map.of("id", "du_1", "status", status, "payment_intent", "pi_invoice"));
  }

  private static List<List<String>> orders(List<String> events) {
    if (events.isEmpty()) {
      return List.of(List.of());
    }
    var orders = new ArrayList<List<String>>();
    for (String first : events) {
      var rest = new ArrayList<>(events);
      rest.remove(first);
      for (List<String> order : orders(rest)) {
        var whole = new ArrayList<String>();
        whole.add(first);
        whole.addAll(order);
        orders.add(whole);
      }
    }
    return orders;
  }

  /// Delivers events in all orders, each twice, and checks what is so in the end.
  private void inAllOrders(List<String> events, Consumer<String> check) {
    for (List<String> order : orders(events)) {
      fireside.resetData();
      shop.fillCatalogue();
      shop.put(
          "addon",
          """
          {"names": [], "entitlements": ["addon"], "stripePrice": "price_addon",
           "subscription": true}
          """);
      String name =
          String.join(
              ", ", order.stream().map(body -> Shop.json(body).path("id").asText()).toList());
      order.forEach(body -> {
        shop.deliverStripe(body, 200);
        shop.deliverStripe(body, 200);
      });
      order.reversed().forEach(body -> shop.deliverStripe(body, 200));
      check.accept(name);
    }
  }

  private void assertNoAccess(List<String> events) {
    inAllOrders(
        events,
        name -> {
          assertThat(shop.accessUntil(Shop.ALICE, "pro")).as(name).isZero();
          assertThat(shop.accessUntil(Shop.ALICE, "addon")).as(name).isZero();
          assertThat(shop.units(Shop.ALICE, "coin:GEM")).as(name).isZero();
        });
  }

  private void assertNoAccessWithOrWithoutTheSubscription(List<String> events) {
    assertNoAccess(events);
    var all = new ArrayList<>(events);
    all.add(Shop.fixture("stripe/customer.subscription.updated"));
    assertNoAccess(all);
  }

  @Test
  void endsWithARefundOfItsWholePayment() {
    assertNoAccessWithOrWithoutTheSubscription(List.of(invoice(), refund(999, 1_767_312_000)));
  }

  @Test
  void endsWithARefundOfItsWholePaymentThatIsDatedBeforeIt() {
    assertNoAccessWithOrWithoutTheSubscription(List.of(invoice(), refund(999, 1_767_225_000)));
  }

  @Test
  void endsWithARefundOfAllItsLines() {
    assertNoAccessWithOrWithoutTheSubscription(List.of(twoLines(), refund(1_498, 1_767_312_000)));
  }

  @Test
  void endsWithALostDispute() {
    assertNoAccessWithOrWithoutTheSubscription(List.of(invoice(), dispute("lost")));
    assertNoAccessWithOrWithoutTheSubscription(
        List.of(invoice(), dispute("needs_response"), dispute("lost")));
  }

  @Test
  void waitsForAnOpenDispute() {
    assertNoAccessWithOrWithoutTheSubscription(List.of(invoice(), dispute("needs_response")));
    inAllOrders(
        List.of(twoLines(), dispute("needs_response")),
        name -> assertThat(shop.accessUntil(Shop.ALICE, "addon")).as(name).isZero());
  }

  /// What a credit note gives back of the line of the period, and not of the one beside.
  private static String creditNote() {
    ObjectNode event = (ObjectNode) Shop.json(event("charge.refunded", "evt_note", Map.of()));
    ObjectNode note =
        (ObjectNode) event.put("type", "credit_note.created").path("data").path("object");
    note.removeAll();
    note.put("id", "cn_1")
        .put("invoice", "in_1TestInv0001")
        .put("currency", "usd")
        .put("status", "issued");
    note.putArray("refunds").addObject().put("amount_refunded", 999);
    note.putObject("lines")
        .putArray("data")
        .addObject()
        .put("amount", 999)
        .put("invoice_line_item", "il_1Test0001");
    return event.toString();
  }

  @Test
  void endsOnlyTheLineThatACreditNoteNames() {
    inAllOrders(
        List.of(
            twoLines(),
            creditNote(),
            refund(999, 1_767_312_000),
            Shop.fixture("stripe/customer.subscription.updated")),
        name -> {
          assertThat(shop.accessUntil(Shop.ALICE, "pro")).as(name).isZero();
          assertThat(shop.accessUntil(Shop.ALICE, "addon")).as(name).isPositive();
          assertThat(shop.units(Shop.ALICE, "coin:GEM")).as(name).isZero();
        });
  }

  /// When a period ends, the subscription says; its payment has no end.
  @Test
  void hasReceiptsWithoutAnEnd() {
    shop.fillCatalogue();
    shop.deliverStripe(invoice(), 200);
    JsonNode receipts = fireside.http().as(Shop.ALICE).get("/api/purchases").body().path("items");
    assertThat(receipts).hasSize(1);
    assertThat(receipts.path(0).has("expiresAt")).isFalse();
  }

  @Test
  void goesOnAfterADisputeThatWasWonOrARefundOfAPart() {
    for (List<String> events :
        List.of(
            List.of(invoice(), dispute("needs_response"), dispute("won")),
            List.of(invoice(), refund(500, 1_767_312_000)))) {
      inAllOrders(
          events, name -> assertThat(shop.accessUntil(Shop.ALICE, "pro")).as(name).isPositive());
    }
  }
}
