package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.ConnectNotice;
import dev.fireside.stripe.StripeStandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What Stripe keeps and exchanges, from its balance transactions.
class StripeFeesIT {
  private static final String RECEIVABLE = "store_receivable:stripe";
  private static final String FEES = "fees:stripe";
  private static final String EXCHANGE = "exchange:stripe";
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

  private ObjectNode charge() {
    return balance.charge("ch_1", "pi_invoice", 999, "usd");
  }

  private ObjectNode refund(String status) {
    ObjectNode refund =
        Json.mapper()
            .valueToTree(
                Map.of(
                    "id", "re_1",
                    "object", "refund",
                    "amount", 999,
                    "currency", "usd",
                    "payment_intent", "pi_invoice",
                    "status", status));
    STRIPE.put("/v1/refunds/re_1", refund);
    return refund;
  }

  private long awaited() {
    var documents = fireside.platform().documents();
    return documents.list(documents.collection("awaitedBalances")).size();
  }

  private List<String> reasons() {
    var documents = fireside.platform().documents();
    return documents.list(documents.collection("reviews")).stream()
        .map(review -> review.fields().requiredText("reason"))
        .toList();
  }

  /// A sale of 9.99 USD that settles in euros, its refund and its dispute.
  private List<String> life() {
    var life = new ArrayList<String>();
    life.add(Shop.stripeEvent("invoice.paid", "evt_paid", Map.of()));
    ObjectNode charge = charge().put("balance_transaction", "txn_charge");
    balance.put("txn_charge", "charge", 925, 52, "eur", charge.deepCopy());
    life.add(Balance.event("evt_charge", "charge.succeeded", charge));
    life.add(Balance.event("evt_updated", "charge.updated", charge));
    ObjectNode refund = refund("succeeded").put("balance_transaction", "txn_refund");
    balance.put("txn_refund", "refund", -930, 0, "eur", refund.deepCopy());
    life.add(Balance.event("evt_refund", "refund.created", refund));
    life.add(Balance.event("evt_refund_2", "refund.updated", refund));
    return life;
  }

  @Test
  void booksFeesAndExchangesOnceInAnyOrderOfEventsAndLists() {
    for (long seed = 0; seed < 4; seed++) {
      fireside.resetData();
      shop.fillCatalogue();
      List<String> life = life();
      Collections.shuffle(life, new Random(seed));
      for (String event : life) {
        shop.deliverStripe(event, 200);
        shop.deliverStripe(event, 200);
        if (seed == 3) {
          fireside.fire(SETTLE);
        }
      }
      fireside.fire(SETTLE);
      assertThat(shop.balance(FEES, "EUR")).isEqualTo(52);
      // Of what came nothing is left but what the exchange took.
      assertThat(shop.balance(RECEIVABLE, "USD")).isZero();
      assertThat(shop.balance(EXCHANGE, "USD")).isZero();
      assertThat(shop.balance(RECEIVABLE, "EUR")).isEqualTo(925 - 52 - 930);
      assertThat(shop.balance(EXCHANGE, "EUR")).isEqualTo(5);
      assertThat(awaited()).isZero();
      assertThat(reasons()).isEmpty();
    }
  }

  @Test
  void waitsForABalanceTransactionThatIsNotThereYet() {
    shop.deliverStripe(Balance.event("evt_early", "charge.succeeded", charge()), 200);
    assertThat(awaited()).isEqualTo(1);
    fireside.fire(SETTLE);
    assertThat(awaited()).isEqualTo(1);
    // Stripe names it, and does not know it yet.
    ObjectNode charge = charge().put("balance_transaction", "txn_1");
    shop.deliverStripe(Balance.event("evt_late", "charge.updated", charge), 200);
    fireside.clock().advance(Duration.ofHours(25));
    fireside.fire(SETTLE);
    assertThat(awaited()).isEqualTo(1);
    balance.put("txn_1", "charge", 999, 59, "usd", charge.deepCopy());
    fireside.fire(SETTLE);
    assertThat(awaited()).isZero();
    assertThat(shop.balance(FEES, "USD")).isEqualTo(59);
    fireside.fire(SETTLE);
    shop.deliverStripe(Balance.event("evt_again", "charge.updated", charge), 200);
    assertThat(shop.balance(FEES, "USD")).isEqualTo(59);
  }

  @Test
  void takesAChargeWhileStripeDoesNotAnswer() {
    ObjectNode charge = charge().put("balance_transaction", "txn_1");
    balance.put("txn_1", "charge", 999, 59, "usd", charge.deepCopy());
    STRIPE.setBroken("/v1/balance_transactions/txn_1", true);
    shop.deliverStripe(Balance.event("evt_1", "charge.succeeded", charge), 200);
    assertThat(awaited()).isEqualTo(1);
    STRIPE.setBroken("/v1/balance_transactions/txn_1", false);
    fireside.fire(SETTLE);
    assertThat(awaited()).isZero();
    assertThat(shop.balance(FEES, "USD")).isEqualTo(59);
  }

  @Test
  void booksTheFeeOfADisputeAndItsReversalOnce() {
    ObjectNode charge = charge().put("balance_transaction", "txn_charge");
    balance.put("txn_charge", "charge", 999, 59, "usd", charge.deepCopy());
    shop.deliverStripe("invoice.paid");
    ObjectNode dispute =
        Json.mapper()
            .valueToTree(
                Map.of(
                    "id", "du_1",
                    "object", "dispute",
                    "amount", 999,
                    "currency", "usd",
                    "payment_intent", "pi_invoice",
                    "status", "needs_response"));
    ObjectNode plain = dispute.deepCopy();
    ObjectNode away = balance.put("txn_away", "dispute", -999, 1_500, "usd", plain);
    dispute.putArray("balance_transactions").add(away.deepCopy().put("source", "du_1"));
    fireside.fire(SETTLE);
    shop.deliverStripe(Balance.event("evt_open", "charge.dispute.created", dispute), 200);
    fireside.fire(SETTLE);
    assertThat(shop.balance(FEES, "USD")).isEqualTo(59 + 1_500);
    assertThat(shop.balance("disputed:stripe", "USD")).isEqualTo(999);

    ObjectNode back = balance.put("txn_back", "dispute_reversal", 999, -1_500, "usd", plain);
    dispute.put("status", "won");
    dispute.withArray("balance_transactions").add(back.deepCopy().put("source", "du_1"));
    fireside.fire(SETTLE);
    for (String type : List.of("funds_reinstated", "closed")) {
      shop.deliverStripe(Balance.event("evt_" + type, "charge.dispute." + type, dispute), 200);
    }
    fireside.fire(SETTLE);
    assertThat(shop.balance(FEES, "USD")).isEqualTo(59);
    assertThat(shop.balance("disputed:stripe", "USD")).isZero();
    assertThat(shop.balance(RECEIVABLE, "USD")).isEqualTo(999 - 59);
  }

  @Test
  void booksWhatStripeTakesForItsServicesAndAsksAboutWhatNobodyKnows() {
    ObjectNode nothing = Json.mapper().createObjectNode();
    balance.put("txn_fee", "fee", -200, 0, "usd", nothing);
    balance.put("txn_tax", "tax", -42, 0, "usd", nothing);
    balance.put("txn_topup", "topup", 10_000, 0, "usd", nothing);
    balance.put("txn_other", "other_adjustment", -77, 0, "usd", nothing);
    for (int i = 0; i < 120; i++) {
      balance.put("txn_small_" + i, "fee", -1, 0, "usd", nothing);
    }
    fireside.fire(SETTLE);
    fireside.fire(SETTLE);
    assertThat(shop.balance(FEES, "USD")).isEqualTo(200 + 42 + 120);
    assertThat(shop.balance("bank:stripe", "USD")).isEqualTo(-10_000);
    assertThat(shop.balance("settlement_difference:stripe", "USD")).isEqualTo(77);
    assertThat(shop.balance(RECEIVABLE, "USD")).isEqualTo(10_000 - 362 - 77);
    assertThat(reasons()).containsExactly("settlement_difference");
  }

  @Test
  void keepsWhatIsPaidPastStripeApart() {
    // Of old versions the event says so, of newer ones the payments.
    ObjectNode invoice = Shop.paidInvoice();
    invoice.putObject("payments").putArray("data");
    STRIPE.put("/v1/invoices/in_1TestInv0001", invoice);
    shop.deliverStripe("invoice.paid");
    shop.deliverStripe(
        Shop.stripeEvent(
            "invoice.paid", "evt_old", Map.of("id", "in_old", "paid_out_of_band", true)),
        200);
    assertThat(shop.balance("out_of_band_receivable:stripe", "USD")).isEqualTo(2 * 999);
    assertThat(shop.balance(RECEIVABLE, "USD")).isZero();
    assertThat(shop.balance("revenue:pro_monthly", "USD")).isEqualTo(-2 * 999);
    assertThat(shop.units(Shop.ALICE, "coin:GEM")).isEqualTo(20);
    shop.deliverStripe("invoice.paid");
    assertThat(shop.journals()).isEqualTo(2);
  }
}
