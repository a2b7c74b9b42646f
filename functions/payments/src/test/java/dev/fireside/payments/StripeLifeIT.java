package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.StripeStandIn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of payments and subscriptions after they were made.
class StripeLifeIT {
  private static final String GEMS = "coin:GEM";
  private static final String SUBSCRIPTION = "/v1/subscriptions/sub_1TestSub0001";
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Shop.settings(STRIPE, "sk_of_the_tests"));

  private final Shop shop = new Shop(fireside);

  @BeforeEach
  void open() {
    fireside.resetData();
    STRIPE.reset();
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

  private static ObjectNode object(String fixture) {
    return (ObjectNode) Shop.json(Shop.fixture("stripe/" + fixture)).path("data").path("object");
  }

  private void deliver(String fixture, String id, Map<String, ?> changes) {
    shop.deliverStripe(Shop.stripeEvent(fixture, id, changes), 200);
  }

  @Test
  void goesByTheSubscriptionAsItIsNowWhateverTheEventSays() {
    STRIPE.put(SUBSCRIPTION, object("customer.subscription.updated"));
    shop.deliverStripe("customer.subscription.created");
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isPositive();
    STRIPE.put(SUBSCRIPTION, object("customer.subscription.deleted"));
    shop.deliverStripe("customer.subscription.updated");
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isZero();
  }

  @Test
  void givesNoAccessForAnyStatusThatIsNotPaidFor() {
    int event = 0;
    for (String status :
        List.of("incomplete", "incomplete_expired", "unpaid", "canceled", "paused")) {
      ObjectNode subscription = object("customer.subscription.updated");
      STRIPE.put(SUBSCRIPTION, subscription);
      deliver("customer.subscription.updated", "evt_good_" + event, Map.of());
      assertThat(shop.accessUntil(Shop.ALICE, "pro")).isPositive();
      subscription.put("status", status);
      deliver("customer.subscription.updated", "evt_bad_" + event++, Map.of());
      assertThat(shop.accessUntil(Shop.ALICE, "pro")).as(status).isZero();
    }
  }

  @Test
  void refundsAnInvoiceBehindItsPaymentInAnyOrder() {
    List<String> bodies =
        List.of(
            Shop.fixture("stripe/invoice.paid"),
            Shop.stripeEvent(
                "charge.refunded",
                "evt_refund",
                Map.of("payment_intent", "pi_invoice", "amount", 999, "amount_refunded", 999)));
    for (List<String> order : List.of(bodies, bodies.reversed())) {
      fireside.resetData();
      shop.fillCatalogue();
      STRIPE.put("/v1/invoices/in_1TestInv0001", Shop.paidInvoice());
      order.forEach(body -> shop.deliverStripe(body, 200));
      assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
      assertThat(shop.balance("revenue:pro_monthly", "USD")).isZero();
      assertThat(shop.balance("store_receivable:stripe", "USD")).isZero();
      assertThat(shop.journals()).isEqualTo(2);
    }
  }

  @Test
  void keepsASubscriptionsAccessBackWhileThePaymentOfItsPeriodIsDisputed() {
    ObjectNode invoice =
        (ObjectNode) Shop.json(Shop.stripeEvent("invoice.paid", "evt_paid", Map.of()));
    ((ObjectNode) invoice.path("data").path("object"))
        .putObject("payments")
        .putArray("data")
        .addObject()
        .putObject("payment")
        .put("payment_intent", "pi_invoice");
    Map<String, ?> payment = Map.of("payment_intent", "pi_invoice", "amount", 999);
    List<String> bodies =
        List.of(
            Shop.fixture("stripe/customer.subscription.updated"),
            invoice.toString(),
            Shop.stripeEvent("charge.dispute.created", "evt_open", payment));
    Random random = new Random(3);
    for (int round = 0; round < 4; round++) {
      var shuffled = new ArrayList<>(bodies);
      Collections.shuffle(shuffled, random);
      fireside.resetData();
      shop.fillCatalogue();
      shuffled.forEach(body -> shop.deliverStripe(body, 200));
      assertThat(shop.accessUntil(Shop.ALICE, "pro")).isZero();
      assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
      var won = new HashMap<String, Object>(payment);
      won.put("status", "won");
      deliver("charge.dispute.closed", "evt_won", won);
      assertThat(shop.accessUntil(Shop.ALICE, "pro")).isPositive();
      assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
    }
  }

  @Test
  void takesBackInProportionWhatIsLeftAndKeepsTheRestAsADebt() {
    shop.deliverStripe("checkout.session.completed");
    shop.spend(Shop.ALICE, "GEM", 450);
    shop.deliverStripe("charge.refunded.partial");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.debt(Shop.ALICE, GEMS)).isEqualTo(150);
    shop.deliverStripe("charge.refunded");
    assertThat(shop.debt(Shop.ALICE, GEMS)).isEqualTo(450);
    shop.deliverStripe("refund.failed");
    assertThat(shop.debt(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(50);
  }

  @Test
  void countsRefundsByTheirOwnIdsAndByTheChargesTotalAsOne() {
    List<String> bodies =
        List.of(
            Shop.fixture("stripe/checkout.session.completed"),
            refund("re_a", "evt_1", 200, "succeeded"),
            refund("re_b", "evt_2", 99, "succeeded"),
            refund("re_b", "evt_3", 99, "succeeded"),
            Shop.stripeEvent("charge.refunded", "evt_4", Map.of("amount_refunded", 200)),
            Shop.stripeEvent("charge.refunded", "evt_5", Map.of("amount_refunded", 299)));
    Random random = new Random(11);
    for (int round = 0; round < 6; round++) {
      var shuffled = new ArrayList<>(bodies);
      shuffled.add(bodies.get(random.nextInt(bodies.size())));
      Collections.shuffle(shuffled, random);
      fireside.resetData();
      shop.fillCatalogue();
      shuffled.forEach(body -> shop.deliverStripe(body, 200));
      assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(200);
      assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500 - 299);
    }
  }

  private static String refund(String id, String event, long amount, String status) {
    ObjectNode body =
        (ObjectNode)
            Shop.json(
                Shop.stripeEvent(
                    "refund.failed", event, Map.of("id", id, "amount", amount, "status", status)));
    body.put("type", "refund.updated");
    body.put("created", 1_767_312_000);
    return body.toString();
  }

  @Test
  void freezesWhatIsDisputedAndGivesItBackWhenTheDisputeIsWon() {
    shop.deliverStripe("checkout.session.completed");
    deliver("charge.dispute.created", "evt_ask", Map.of("status", "warning_needs_response"));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
    assertThat(shop.journals()).isEqualTo(1);
    shop.spend(Shop.ALICE, "GEM", 100);
    shop.deliverStripe("charge.dispute.created");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.debt(Shop.ALICE, GEMS)).isEqualTo(100);
    deliver("charge.dispute.closed", "evt_won", Map.of("status", "won"));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(400);
    assertThat(shop.debt(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("disputed:stripe", "USD")).isZero();
  }

  @Test
  void freezesInProportionWhatIsDisputedInPart() {
    shop.deliverStripe("checkout.session.completed");
    deliver("charge.dispute.created", "evt_part", Map.of("amount", 100));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(400);
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isEqualTo(100);
    assertThat(shop.balance("disputed:stripe", "USD")).isEqualTo(100);
    deliver("charge.dispute.closed", "evt_lost", Map.of("amount", 100, "status", "lost"));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(400);
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("dispute_loss:gems_500", "USD")).isEqualTo(100);
  }

  @Test
  void endsAPeriodWhosePaymentWentBack() {
    STRIPE.put("/v1/invoices/in_1TestInv0001", Shop.paidInvoice());
    shop.deliverStripe("customer.subscription.updated");
    shop.deliverStripe("invoice.paid");
    Map<String, Object> back =
        Map.of("payment_intent", "pi_invoice", "amount", 999, "amount_refunded", 500);
    deliver("charge.refunded", "evt_half", back);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isPositive();
    var all = new HashMap<>(back);
    all.put("amount_refunded", 999);
    deliver("charge.refunded", "evt_all", all);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isZero();
  }

  @Test
  void findsThePurchaseBehindAChargeThatIsWarnedOf() {
    ObjectNode charge = Json.mapper().createObjectNode();
    charge.put("id", "ch_3TestCH0000000001").put("payment_intent", "pi_3TestPI0000000001");
    STRIPE.put("/v1/charges/ch_3TestCH0000000001", charge);
    shop.deliverStripe("checkout.session.completed");
    ObjectNode warning = Json.mapper().createObjectNode();
    warning.put("id", "evt_warning").put("object", "event").put("livemode", true);
    warning.put("type", "radar.early_fraud_warning.created").put("created", 1_767_225_700);
    warning
        .putObject("data")
        .putObject("object")
        .put("id", "issfr_2")
        .put("charge", "ch_3TestCH0000000001");
    shop.deliverStripe(warning.toString(), 200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isEqualTo(500);
  }

  @Test
  void booksADisputeThatIsLostAfterARefund() {
    shop.deliverStripe("checkout.session.completed");
    shop.deliverStripe("charge.refunded");
    shop.deliverStripe("charge.dispute.created");
    shop.deliverStripe("charge.dispute.closed");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.debt(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("revenue:gems_500", "USD")).isZero();
    assertThat(shop.balance("dispute_loss:gems_500", "USD")).isEqualTo(499);
    assertThat(shop.balance("fees:stripe", "USD")).isEqualTo(1_500);
  }

  @Test
  void givesBackTheFeeOfADisputeThatIsReinstatedWithIt() {
    shop.deliverStripe("checkout.session.completed");
    shop.deliverStripe("charge.dispute.created");
    ObjectNode won =
        (ObjectNode)
            Shop.json(
                Shop.stripeEvent("charge.dispute.created", "evt_back", Map.of("status", "won")));
    won.put("type", "charge.dispute.funds_reinstated");
    ((com.fasterxml.jackson.databind.node.ArrayNode)
            won.path("data").path("object").path("balance_transactions"))
        .addObject()
        .put("amount", 499)
        .put("currency", "usd")
        .put("fee", -1_500);
    String closed = Shop.stripeEvent("charge.dispute.closed", "evt_won", Map.of("status", "won"));
    shop.deliverStripe(won.toString(), 200);
    shop.deliverStripe(closed, 200);
    assertThat(shop.balance("fees:stripe", "USD")).isZero();
    assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(499);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
  }

  @Test
  void holdsWhatStripeWarnsOfEvenBeforeItIsGranted() {
    ObjectNode warning = Json.mapper().createObjectNode();
    warning.put("id", "evt_warning").put("object", "event").put("livemode", true);
    warning.put("type", "radar.early_fraud_warning.created").put("created", 1_767_225_000);
    warning
        .putObject("data")
        .putObject("object")
        .put("id", "issfr_1")
        .put("charge", "ch_3TestCH0000000001")
        .put("payment_intent", "pi_3TestPI0000000001")
        .put("fraud_type", "misc");
    shop.deliverStripe(warning.toString(), 200);
    shop.deliverStripe("checkout.session.completed");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isEqualTo(500);
    assertThat(shop.document("reviews/early_fraud_warning:issfr_1")).isPresent();
  }

  @Test
  void countsCurrenciesWithoutAndWithThreeDecimals() {
    deliver("checkout.session.completed", "evt_yen", session("cs_yen", "pi_yen", "jpy", 500));
    deliver("checkout.session.completed", "evt_dinar", session("cs_kwd", "pi_kwd", "kwd", 3_125));
    deliver("checkout.session.completed", "evt_krona", session("cs_isk", "pi_isk", "isk", 50_000));
    assertThat(shop.balance("revenue:gems_500", "JPY")).isEqualTo(-500);
    assertThat(shop.balance("revenue:gems_500", "KWD")).isEqualTo(-3_125);
    assertThat(shop.balance("revenue:gems_500", "ISK")).isEqualTo(-500);
  }

  private static Map<String, ?> session(String id, String payment, String currency, long amount) {
    return Map.of(
        "id", id, "payment_intent", payment, "currency", currency, "amount_total", amount);
  }

  @Test
  void tellsSubscribersOnceWhatStripeWantsOfThem() {
    for (String type : List.of("payment_failed", "payment_action_required", "payment_failed")) {
      ObjectNode body =
          (ObjectNode) Shop.json(Shop.stripeEvent("invoice.payment_failed", "e_" + type, Map.of()));
      shop.deliverStripe(body.put("type", "invoice." + type).toString(), 200);
      shop.deliverStripe(body.put("id", "twin_" + type).toString(), 200);
    }
    ObjectNode trial =
        (ObjectNode) Shop.json(Shop.stripeEvent("customer.subscription.updated", "t", Map.of()));
    trial.put("type", "customer.subscription.trial_will_end");
    shop.deliverStripe(trial.toString(), 200);
    shop.deliverStripe(trial.put("id", "test_mode").put("livemode", false).toString(), 200);
    ObjectNode broken = (ObjectNode) Shop.json(Shop.fixture("stripe/invoice.payment_failed"));
    shop.deliverStripe(
        broken.put("id", "broken").put("type", "invoice.finalization_failed").toString(), 200);
    var documents = fireside.platform().documents();
    assertThat(documents.list(documents.collection("notifications/" + Shop.ALICE + "/items")))
        .extracting(item -> item.fields().requiredText("kind"))
        .containsExactlyInAnyOrder("payment_failed", "payment_action_required", "trial_will_end");
    assertThat(documents.list(documents.collection("reviews")))
        .extracting(review -> review.fields().requiredText("reason"))
        .containsExactly("invoice_unfinished");
    assertThat(shop.journals()).isZero();
  }

  @Test
  void keepsUnknownTypesAndFieldsWithoutEffect() {
    ObjectNode body = (ObjectNode) Shop.json(Shop.fixture("stripe/checkout.session.completed"));
    body.put("type", "checkout.session.invented").put("id", "evt_new").put("new_field", true);
    shop.deliverStripe(body.toString(), 200);
    shop.deliverStripe("invoice.payment_failed");
    shop.deliverStripe("payment_intent.succeeded");
    assertThat(shop.journals()).isZero();
    assertThat(shop.document("webhooks/stripe:evt_new")).isPresent();
  }
}
