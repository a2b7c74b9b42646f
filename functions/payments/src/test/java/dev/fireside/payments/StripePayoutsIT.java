package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.ConnectNotice;
import dev.fireside.stripe.StripeStandIn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What Stripe pays out to our bank.
class StripePayoutsIT {
  private static final String RECEIVABLE = "store_receivable:stripe";
  private static final String BANK = "bank:stripe";
  private static final String DIFFERENCE = "settlement_difference:stripe";
  private static final String SETTLE = "payments-settle";
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .with(Shop.settings(STRIPE, "sk_of_the_tests"))
          .topics(ConnectNotice.TOPIC);

  private final Shop shop = new Shop(fireside);
  private final Balance balance = new Balance(STRIPE, fireside.clock());

  @BeforeEach
  void open() {
    fireside.resetData();
    STRIPE.reset();
    STRIPE.put("/v1/invoices/in_1TestInv0001", Shop.paidInvoice());
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

  private ObjectNode payout(String id, String status, long amount, boolean automatic) {
    ObjectNode payout =
        Json.mapper()
            .valueToTree(
                Map.of(
                    "id",
                    id,
                    "object",
                    "payout",
                    "amount",
                    amount,
                    "currency",
                    "usd",
                    "status",
                    status,
                    "automatic",
                    automatic,
                    "arrival_date",
                    1_767_400_000L,
                    "reconciliation_status",
                    automatic ? "completed" : "not_applicable"));
    balance
        .put("txn_" + id, "payout", -amount, 0, "usd", payout.deepCopy())
        .put("payout", automatic ? id : "");
    return payout;
  }

  /// A payout as Stripe knows it by now too.
  private ObjectNode known(ObjectNode payout) {
    STRIPE.put("/v1/payouts/" + payout.path("id").asText(), payout);
    return payout;
  }

  private void deliver(String type, ObjectNode payout) {
    String id = "evt_" + type + payout.path("id").asText();
    shop.deliverStripe(Balance.event(id, "payout." + type, payout), 200);
  }

  /// A sale of 9.99 USD, of which 9.40 come.
  private ObjectNode sale(String payout) {
    ObjectNode charge = balance.charge("ch_1", "pi_invoice", 999, "usd");
    ObjectNode moved = balance.put("txn_1", "charge", 999, 59, "usd", charge);
    moved.put("payout", payout);
    return charge;
  }

  private List<String> reasons() {
    var documents = fireside.platform().documents();
    return documents.list(documents.collection("reviews")).stream()
        .map(review -> review.fields().requiredText("reason"))
        .toList();
  }

  private String contents(String payout) {
    return shop.document("settlements/stripe:live:" + payout)
        .map(found -> found.fields().requiredText("contents"))
        .orElse("");
  }

  @Test
  void paysOutWhatIsOwedAndNoMore() {
    shop.deliverStripe("invoice.paid");
    sale("po_1");
    for (int i = 0; i < 150; i++) {
      ObjectNode nothing = Json.mapper().createObjectNode();
      balance.put("txn_fee_" + i, "fee", -1, 0, "usd", nothing).put("payout", "po_1");
    }
    ObjectNode payout = known(payout("po_1", "paid", 940 - 150, true));
    for (String type : List.of("paid", "paid", "updated", "reconciliation_completed")) {
      deliver(type, payout);
    }
    assertThat(shop.balance(BANK, "USD")).isEqualTo(790);
    assertThat(contents("po_1")).isEqualTo("due");
    fireside.fire(SETTLE);
    fireside.fire(SETTLE);
    deliver("created", payout);
    assertThat(contents("po_1")).isEqualTo("read");
    assertThat(shop.balance(BANK, "USD")).isEqualTo(790);
    assertThat(shop.balance(RECEIVABLE, "USD")).isZero();
    assertThat(shop.balance("fees:stripe", "USD")).isEqualTo(59 + 150);
    assertThat(shop.balance(DIFFERENCE, "USD")).isZero();
    assertThat(reasons()).isEmpty();
  }

  @Test
  void takesBackWhatFailedInAnyOrderOfReports() {
    var orders =
        List.of(
            List.of("created", "paid", "failed"),
            List.of("paid", "failed", "created", "updated"),
            List.of("failed", "paid"),
            List.of("created", "canceled"),
            List.of("canceled", "created"));
    int number = 0;
    for (List<String> order : orders) {
      String id = "po_" + number++;
      for (String type : order) {
        // Stripe is not asked: each says how it was.
        String status = type.equals("created") || type.equals("updated") ? "pending" : type;
        deliver(type, payout(id, status, 500, false));
      }
      assertThat(shop.balance(BANK, "USD")).as("%s", order).isZero();
      assertThat(shop.balance(RECEIVABLE, "USD")).isZero();
    }
    // Two were paid first.
    assertThat(shop.journals()).isEqualTo(4);
  }

  @Test
  void asksHowAPayoutIsBeforeItBooksIt() {
    known(payout("po_1", "failed", 500, true));
    deliver("paid", payout("po_1", "paid", 500, true));
    assertThat(shop.balance(BANK, "USD")).isZero();
    String thin =
        """
        {"id": "evt_thin", "object": "v2.core.event", "type": "v1.payout.paid",
         "created": "2026-01-01T00:00:00.000Z", "livemode": true,
         "related_object": {"id": "po_2", "type": "payout", "url": "/v1/payouts/po_2"}}
        """;
    known(payout("po_2", "paid", 300, false));
    shop.deliverStripe(thin, 200);
    shop.deliverStripe(thin, 200);
    assertThat(shop.balance(BANK, "USD")).isEqualTo(300);
    fireside.fire(SETTLE);
    assertThat(contents("po_1")).isEqualTo("unlisted");
    assertThat(contents("po_2")).isEqualTo("unlisted");
    assertThat(reasons()).isEmpty();
    assertThat(shop.balance(BANK, "USD")).isEqualTo(300);
  }

  @Test
  void booksWhatIsPaidOutAndWasNotExpectedAsADifference() {
    shop.deliverStripe("invoice.paid");
    sale("po_1");
    // Nobody booked this sale.
    ObjectNode unknown = balance.charge("ch_2", "pi_unknown", 250, "eur");
    balance.put("txn_2", "charge", 270, 20, "usd", unknown).put("payout", "po_1");
    // And 10 less than all that arrives.
    ObjectNode payout = known(payout("po_1", "paid", 940 + 250 - 10, true));
    payout.put("reconciliation_status", "in_progress");
    deliver("paid", payout);
    fireside.fire(SETTLE);
    assertThat(contents("po_1")).isEqualTo("due");
    payout.put("reconciliation_status", "completed");
    fireside.fire(SETTLE);
    fireside.fire(SETTLE);
    assertThat(contents("po_1")).isEqualTo("read");
    assertThat(shop.balance(DIFFERENCE, "USD")).isEqualTo(10);
    assertThat(shop.balance(DIFFERENCE, "EUR")).isEqualTo(-250);
    assertThat(shop.balance(RECEIVABLE, "USD")).isZero();
    assertThat(shop.balance(RECEIVABLE, "EUR")).isZero();
    assertThat(reasons()).containsExactly("settlement_difference");
  }

  @Test
  void leavesNothingOpenOfASaleThatNobodyBookedAndThatWentBack() {
    ObjectNode charge = balance.charge("ch_1", "pi_unknown", 1_000, "usd");
    balance.put("txn_1", "charge", 1_000, 59, "usd", charge).put("payout", "po_1");
    ObjectNode dispute =
        Json.mapper()
            .valueToTree(
                Map.of(
                    "id", "du_1",
                    "object", "dispute",
                    "amount", 1_000,
                    "currency", "usd",
                    "charge", "ch_1",
                    "payment_intent", "pi_unknown"));
    balance.put("txn_2", "dispute", -1_000, 1_500, "usd", dispute).put("payout", "po_1");
    deliver("paid", known(payout("po_1", "paid", -59 - 1_500, true)));
    fireside.fire(SETTLE);
    assertThat(shop.balance(BANK, "USD")).isEqualTo(-59 - 1_500);
    assertThat(shop.balance(RECEIVABLE, "USD")).isZero();
    assertThat(shop.balance(DIFFERENCE, "USD")).isEqualTo(1_500);
    assertThat(shop.balance("fees:stripe", "USD")).isEqualTo(59);
    assertThat(reasons()).containsExactly("settlement_difference");
  }

  @Test
  void leavesPayoutsOfCreatorsAndOfTestModeAlone() {
    var creators = new HashMap<>(Map.of("account", "acct_1"));
    ObjectNode event =
        (ObjectNode)
            Shop.json(Balance.event("evt_1", "payout.paid", payout("po_1", "paid", 5, true)));
    creators.forEach(event::put);
    String connect = "/api/webhooks/stripe-connect";
    assertThat(shop.stripe(connect, Shop.CONNECT_SECRET, event.toString()).status()).isEqualTo(200);
    // One of ours at the other endpoint is left to its own.
    event.remove("account");
    event.put("id", "evt_2");
    assertThat(shop.stripe(connect, Shop.CONNECT_SECRET, event.toString()).status()).isEqualTo(200);
    assertThat(shop.journals()).isZero();
    event.put("livemode", false);
    event.put("id", "evt_3");
    shop.deliverStripe(event.toString(), 200);
    assertThat(shop.balance(BANK, "USD")).isZero();
    assertThat(shop.journals()).isEqualTo(1);
    event.put("livemode", true);
    event.put("id", "evt_2");
    shop.deliverStripe(event.toString(), 200);
    assertThat(shop.balance(BANK, "USD")).isEqualTo(5);
  }
}
