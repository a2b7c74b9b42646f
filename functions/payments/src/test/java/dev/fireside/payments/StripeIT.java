package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.stripe.ConnectNotice;
import dev.fireside.stripe.StripeStandIn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StripeIT {
  private static final String GEMS = "coin:GEM";
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

  @Test
  void fulfilsAPaidSessionOnceWhicheverEventsTellIt() {
    shop.deliverStripe("checkout.session.completed");
    shop.deliverStripe("checkout.session.completed");
    shop.deliverStripe(Shop.stripeEvent("checkout.session.completed", "evt_twin", Map.of()), 200);
    shop.deliverStripe("payment_intent.succeeded");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
    assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(499);
    assertThat(shop.journals()).isEqualTo(1);
  }

  @Test
  void doesNothingAgainForTheSameEventHundredTimesInARow() {
    for (int i = 0; i < 100; i++) {
      shop.deliverStripe("checkout.session.completed");
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
    assertThat(shop.journals()).isEqualTo(1);
    Reply changed =
        shop.stripe(
            Shop.stripeEvent(
                "checkout.session.completed",
                "evt_1Test00000000000000000001",
                Map.of("id", "cs_forged", "payment_intent", "pi_forged")));
    assertThat(changed.status()).isEqualTo(200);
  }

  @Test
  void takesManyPurchasesOfOnePersonAtOnceForNoMoreCallsThanOneByOne() {
    shop.deliverStripe(session(0), 200);
    fireside.settle();
    long before = fireside.counts().reads();
    shop.deliverStripe(session(1), 200);
    fireside.settle();
    long alone = fireside.counts().reads() - before;

    int crowd = 12;
    before = fireside.counts().reads();
    assertThat(Calls.atOnce(crowd, i -> shop.stripe(session(i + 2))))
        .extracting(Reply::status)
        .containsOnly(200);
    fireside.settle();
    assertThat(fireside.counts().reads() - before).isLessThanOrEqualTo(crowd * alone);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(14 * 500);
    assertThat(shop.journals()).isEqualTo(14);
  }

  /// A paid session of its own, an hour after the one of the number before.
  private static String session(int number) {
    ObjectNode body =
        (ObjectNode)
            Shop.json(
                Shop.stripeEvent(
                    "checkout.session.completed",
                    "evt_session_" + number,
                    Map.of("id", "cs_" + number, "payment_intent", "pi_" + number)));
    return body.put("created", 1_767_225_600L + number * 3_600L).toString();
  }

  @Test
  void waitsForAnUnpaidSessionToBePaid() {
    shop.deliverStripe("checkout.session.completed.unpaid");
    assertThat(shop.journals()).isZero();
    shop.deliverStripe("checkout.session.async_payment_succeeded");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
  }

  @Test
  void refundsInPartsAndTakesAFailedRefundBack() {
    shop.deliverStripe("checkout.session.completed");
    shop.deliverStripe("charge.refunded.partial");
    assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(299);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500 - 200);
    shop.deliverStripe("charge.refunded");
    shop.deliverStripe("charge.refunded");
    assertThat(shop.balance("store_receivable:stripe", "USD")).isZero();
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    shop.deliverStripe("refund.failed");
    assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(499);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
  }

  @Test
  void booksADisputeWithItsFeeAndItsEnd() {
    shop.deliverStripe("checkout.session.completed");
    shop.deliverStripe("charge.dispute.created");
    assertThat(shop.balance("disputed:stripe", "USD")).isEqualTo(499);
    assertThat(shop.balance("fees:stripe", "USD")).isEqualTo(1_500);
    assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(499 - 499 - 1_500);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isEqualTo(500);
    shop.deliverStripe(
        Shop.stripeEvent("charge.dispute.closed", "evt_lost", Map.of("status", "lost")), 200);
    assertThat(shop.balance("disputed:stripe", "USD")).isZero();
    assertThat(shop.balance("dispute_loss:gems_500", "USD")).isEqualTo(499);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
  }

  @Test
  void endsAnyOrderOfPaymentRefundAndDisputeAlike() {
    List<String> bodies =
        List.of(
            Shop.fixture("stripe/checkout.session.completed"),
            Shop.fixture("stripe/charge.refunded.partial"),
            Shop.fixture("stripe/charge.dispute.created"),
            Shop.stripeEvent("charge.dispute.closed", "evt_won", Map.of("status", "won")));
    Random random = new Random(5);
    for (int round = 0; round < 8; round++) {
      var shuffled = new ArrayList<>(bodies);
      shuffled.add(bodies.get(random.nextInt(bodies.size())));
      Collections.shuffle(shuffled, random);
      fireside.resetData();
      shop.fillCatalogue();
      shuffled.forEach(body -> shop.deliverStripe(body, 200));
      assertThat(shop.balance("store_receivable:stripe", "USD")).isEqualTo(299 - 1_500);
      assertThat(shop.balance("disputed:stripe", "USD")).isZero();
      assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(300);
    }
  }

  @Test
  void givesASubscriberAccessAndEachPaidPeriodItsUnits() {
    List<String> events =
        List.of("customer.subscription.created", "customer.subscription.updated", "invoice.paid");
    for (int round = 0; round < 6; round++) {
      var shuffled = new ArrayList<>(events);
      Collections.shuffle(shuffled, new Random(round));
      fireside.resetData();
      shop.fillCatalogue();
      shuffled.forEach(shop::deliverStripe);
      assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(PERIOD_END);
      assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10);
      assertThat(shop.balance("revenue:pro_monthly", "USD")).isEqualTo(-999);
    }
    shop.deliverStripe("customer.subscription.deleted");
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isZero();
    shop.deliverStripe("customer.subscription.updated");
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isZero();
  }

  @Test
  void grantsNoUnitsForAnInvoiceBetweenPeriods() {
    shop.deliverStripe(
        Shop.stripeEvent(
            "invoice.paid", "evt_update", Map.of("billing_reason", "subscription_update")),
        200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("revenue:pro_monthly", "USD")).isEqualTo(-999);
  }

  @Test
  void takesEventsOfAnyVersionOfTheInterface() {
    ObjectNode body = (ObjectNode) Shop.json(Shop.fixture("stripe/checkout.session.completed"));
    body.put("api_version", "2024-06-20");
    shop.deliverStripe(body.toString(), 200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
  }

  @Test
  void readsWhatAThinEventIsAbout() {
    ObjectNode session =
        (ObjectNode)
            Shop.json(Shop.fixture("stripe/checkout.session.completed"))
                .path("data")
                .path("object");
    String id = session.path("id").asText();
    String thin =
        """
        {"id": "evt_thin", "object": "v2.core.event", "type": "v1.checkout.session.completed",
         "created": "2026-01-01T00:00:00.000Z", "livemode": true,
         "related_object": {"id": "%s", "type": "checkout.session",
                            "url": "/v1/checkout/sessions/%s"}}
        """
            .formatted(id, id);
    shop.deliverStripe(thin, 503);
    STRIPE.put("/v1/checkout/sessions/" + id, session);
    shop.deliverStripe(thin, 200);
    shop.deliverStripe(thin, 200);
    shop.deliverStripe("checkout.session.completed");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
    assertThat(shop.journals()).isEqualTo(1);
  }

  @Test
  void keepsTestModeApart() {
    ObjectNode body = (ObjectNode) Shop.json(Shop.fixture("stripe/checkout.session.completed"));
    body.put("livemode", false);
    shop.deliverStripe(body.toString(), 200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("store_receivable:stripe", "USD")).isZero();
  }

  @Test
  void asksEachEndpointForItsOwnSecret() {
    String body = Shop.fixture("stripe/account.updated");
    assertThat(shop.stripe("/api/webhooks/stripe-connect", Shop.STRIPE_SECRET, body).status())
        .isEqualTo(401);
    assertThat(shop.stripe("/api/webhooks/stripe-connect", Shop.CONNECT_SECRET, body).status())
        .isEqualTo(200);
    assertThat(shop.stripe("/api/webhooks/stripe", Shop.CONNECT_SECRET, body).status())
        .isEqualTo(401);
  }

  @Test
  void opensOneCheckoutHoweverOftenItIsAskedFor() {
    Map<String, String> wish =
        Map.of(
            "product", "gems_500",
            "successUrl", "https://example.com/ok",
            "cancelUrl", "https://example.com/no");
    STRIPE.loseNextAnswers(1);
    List<Reply> replies =
        IntStream.range(0, 2)
            .mapToObj(_ ->
                fireside
                    .http()
                    .as("dora")
                    .header("Idempotency-Key", "basket-1")
                    .post("/api/checkout", wish))
            .toList();
    assertThat(replies).allMatch(reply -> reply.status() == 200);
    assertThat(STRIPE.madeAt("/v1/checkout/sessions")).filteredOn(StripeIT::isDoras).hasSize(1);
    ObjectNode session =
        STRIPE.madeAt("/v1/checkout/sessions").stream()
            .filter(StripeIT::isDoras)
            .findAny()
            .orElseThrow();
    var changes = new HashMap<String, Object>();
    session.properties().forEach(field -> changes.put(field.getKey(), field.getValue()));
    changes.put("payment_intent", "pi_dora");
    shop.deliverStripe(Shop.stripeEvent("checkout.session.completed", "evt_d", changes), 200);
    assertThat(shop.units("dora", GEMS)).isEqualTo(500);
    assertThat(
            fireside
                .http()
                .as("dora")
                .post("/api/checkout/portal", Map.of("returnUrl", "https://example.com/"))
                .body()
                .path("url")
                .asText())
        .startsWith("https://billing.stripe.com/");
  }

  private static boolean isDoras(ObjectNode session) {
    return session.path("metadata").path("uid").asText().equals("dora");
  }

  @Test
  void holdsWhatWasPaidOtherThanOrdered() {
    Map<String, String> wish =
        Map.of(
            "product", "gems_500",
            "successUrl", "https://example.com/ok",
            "cancelUrl", "https://example.com/no");
    String order =
        fireside.http().as("eve").post("/api/checkout", wish).body().path("orderId").asText();
    shop.deliverStripe(
        Shop.stripeEvent(
            "checkout.session.completed",
            "evt_cheap",
            Map.of(
                "amount_total",
                1,
                "client_reference_id",
                order,
                "metadata",
                Map.of("uid", "eve", "sku", "gems_500", "order_id", order))),
        200);
    assertThat(shop.units("eve", GEMS)).isZero();
    assertThat(shop.balance("escrow:eve", GEMS)).isEqualTo(500);
    var documents = fireside.platform().documents();
    assertThat(documents.list(documents.collection("reviews"))).hasSize(1);
  }

  @Test
  void refusesCheckoutsThatCannotBe() {
    var http = fireside.http();
    assertThat(http.anonymous().post("/api/checkout", Map.of()).status()).isEqualTo(401);
    assertThat(
            http.as("dora")
                .post(
                    "/api/checkout",
                    Map.of(
                        "product", "gems_2100",
                        "successUrl", "https://example.com/ok",
                        "cancelUrl", "https://example.com/no"))
                .status())
        .isEqualTo(400);
    assertThat(
            http.as("dora")
                .post("/api/checkout", Map.of("product", "..", "successUrl", "javascript:1"))
                .status())
        .isEqualTo(400);
    assertThat(
            http.as("nobody")
                .post("/api/checkout/portal", Map.of("returnUrl", "https://example.com/"))
                .status())
        .isEqualTo(409);
  }
}
