package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.StripeStandIn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Money that moderators give back for purchases that nobody doubts.
class RefundsIT {
  private static final String GEMS = "coin:GEM";
  private static final String SCHEDULE = "payments-reviews";
  private static final String PAYMENT = "stripe:live:pi_3TestPI0000000001";
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Shop.settings(STRIPE, "sk_test_of_the_tests"));

  private final Shop shop = new Shop(fireside);
  private final Desk desk = new Desk(fireside);

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
  static void end() {
    STRIPE.close();
  }

  private static String path(String purchase) {
    return "/api/payments/purchases/"
        + URLEncoder.encode(purchase, StandardCharsets.UTF_8)
        + "/refunds";
  }

  private Reply refund(String who, String key, String purchase, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.putIfAbsent("reason", "They asked for it");
    return desk.mod(who).header("Idempotency-Key", key).post(path(purchase), body);
  }

  private Reply refund(String key, Map<String, ?> more) {
    return refund("mia", key, PAYMENT, more);
  }

  private static String reason(Reply reply) {
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(409);
    return reply.body().path("reason").asText();
  }

  private String status() {
    return fireside
        .http()
        .as(Shop.ALICE)
        .get("/api/purchases")
        .body()
        .path("items")
        .path(0)
        .path("status")
        .asText();
  }

  /// What Stripe's webhooks say of a refund.
  private void hear(String refund, long amount, long total) {
    shop.deliverStripe(
        Shop.stripeEvent(
            "refund.failed",
            "evt_" + refund,
            Map.of(
                "id",
                refund,
                "status",
                "succeeded",
                "amount",
                amount,
                "payment_intent",
                "pi_3TestPI0000000001")),
        200);
    shop.deliverStripe(
        Shop.stripeEvent(
            "charge.refunded.partial",
            "evt_total_" + refund,
            Map.of("amount_refunded", total, "payment_intent", "pi_3TestPI0000000001")),
        200);
  }

  @Test
  void givesAllOfItBackOnceWhateverComesFirst() {
    for (boolean webhookFirst : List.of(true, false)) {
      open();
      shop.deliverStripe("checkout.session.completed");
      Reply asked = refund("k1", Map.of());
      assertThat(asked.status()).as("%s", asked.body()).isEqualTo(200);
      assertThat(asked.body().path("refund").asText()).isEqualTo("due");
      assertThat(asked.body().path("amount").asLong()).isEqualTo(499);
      assertThat(asked.body().path("uid").asText()).isEqualTo(Shop.ALICE);
      assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
      if (webhookFirst) {
        STRIPE.loseNextPosts(10);
        fireside.fire(SCHEDULE);
        STRIPE.loseNextPosts(0);
        hear(STRIPE.madeAt("/v1/refunds").getFirst().path("id").asText(), 499, 499);
        assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
      }
      fireside.fire(SCHEDULE);
      assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
      assertThat(status()).isEqualTo("refunded");
      assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(1);
      hear(STRIPE.madeAt("/v1/refunds").getFirst().path("id").asText(), 499, 499);
      fireside.fire(SCHEDULE);
      // Granted, decided, refunded.
      assertThat(shop.journals()).isEqualTo(3);
      assertThat(shop.balance("revenue:gems_500", "USD")).isZero();
      assertThat(reason(refund("k2", Map.of()))).isEqualTo("nothing-left");
    }
  }

  @Test
  void givesPartsBackEachOnce() {
    shop.deliverStripe("checkout.session.completed");
    Reply first = refund("k1", Map.of("amount", 200));
    assertThat(refund("k1", Map.of("amount", 200)).body().path("id"))
        .isEqualTo(first.body().path("id"));
    assertThat(refund("k1", Map.of("amount", 100)).status()).isEqualTo(422);
    fireside.fire(SCHEDULE);
    assertThat(status()).isEqualTo("partially_refunded");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(300);
    assertThat(refund("k2", Map.of("amount", 300)).status()).isEqualTo(400);
    assertThat(refund("k2", Map.of("amount", 299)).status()).isEqualTo(200);
    // Done, but called a failure: it is found, and not made again under another key.
    STRIPE.failNextAfterMaking(1);
    fireside.fire(SCHEDULE);
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(2);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(status()).isEqualTo("refunded");
    // A day later Stripe has forgotten the keys.
    STRIPE.prune();
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(2);
  }

  @Test
  void asksTwoPeopleAboutMuchMoneyAlsoInParts() {
    shop.put(
        "gems_500",
        """
        {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
         "price": {"currency": "USD", "amount": 15000}}
        """);
    shop.deliverStripe(
        Shop.stripeEvent("checkout.session.completed", "evt_much", Map.of("amount_total", 15_000)),
        200);
    refund("k1", Map.of("amount", 9_000));
    fireside.fire(SCHEDULE);
    JsonNode asked = refund("k2", Map.of("amount", 2_000)).body();
    assertThat(asked.path("open").asBoolean()).isTrue();
    assertThat(asked.path("twoPersons").asBoolean()).isTrue();
    assertThat(asked.path("proposedBy").asText()).isEqualTo("mia");
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(1);
    assertThat(desk.decide("mia", asked, "refund").body().path("open").asBoolean()).isTrue();
    desk.claim("max", asked);
    assertThat(desk.decide("max", asked, "refund").body().path("refund").asText()).isEqualTo("due");
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(2);
    assertThat(shop.balance("revenue:gems_500", "USD")).isEqualTo(-4_000);
    // What nobody else agrees to in time is not given back, and nothing is taken.
    refund("k3", Map.of());
    fireside.clock().advance(Duration.ofDays(4));
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(2);
    assertThat(shop.balance("revenue:gems_500", "USD")).isEqualTo(-4_000);
    assertThat(desk.cases("open")).isEmpty();
  }

  @Test
  void saysWhoGivesBackWhatWeCannot() {
    shop.deliver("non_renewing_purchase");
    shop.deliverStripe(
        Shop.stripeEvent("invoice.paid", "evt_i", Map.of("payment_intent", "pi_invoice")), 200);
    assertThat(reason(refund("mia", "k1", "app_store:live:2000000900000301", Map.of())))
        .isEqualTo("refund-at-store");
    assertThat(reason(refund("mia", "k1", "stripe:live:sub_1TestSub0001", Map.of())))
        .isEqualTo("no-payment");
    assertThat(refund("mia", "k1", "stripe:live:pi_nobodys", Map.of()).status()).isEqualTo(404);
    assertThat(refund("mia", "k1", "nothing", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void takesOnlyWhatIsCompleteAndAllowed() {
    shop.deliverStripe("checkout.session.completed");
    assertThat(desk.mod("mia").post(path(PAYMENT), Map.of("reason", "x")).status()).isEqualTo(400);
    for (Map<String, Object> wrong :
        List.of(
            Map.<String, Object>of("reason", ""),
            Map.<String, Object>of("amount", 0),
            Map.<String, Object>of("amount", 500),
            Map.<String, Object>of("sale", "no transaction"))) {
      assertThat(refund("k1", wrong).status()).as("%s", wrong).isEqualTo(400);
    }
    assertThat(
            fireside
                .http()
                .as(Shop.ALICE, Role.MODERATOR)
                .header("Idempotency-Key", "k1")
                .post(path(PAYMENT), Map.of("reason", "mine"))
                .status())
        .isEqualTo(403);
    assertThat(fireside.http().as(Shop.BOB).post(path(PAYMENT), Map.of("reason", "x")).status())
        .isEqualTo(403);
    assertThat(desk.cases("open")).isEmpty();
  }

  @Test
  void leavesWhatStripeCannotGiveBackToAPerson() {
    shop.deliverStripe("checkout.session.completed");
    JsonNode asked = refund("k1", Map.of()).body();
    STRIPE.refuseNextPost("charge_disputed");
    fireside.fire(SCHEDULE);
    JsonNode after = desk.mod("mia").get(Desk.path(asked)).body();
    assertThat(after.path("refund").asText()).isEqualTo("disputed");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
    assertThat(status()).isEqualTo("granted");
  }

  /// A basket of 499 for 500 gems, and of 1,000 for 1,000.
  private String basket() {
    buyBasket();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(1_500);
    return "stripe:live:pi_basket";
  }

  private void buyBasket() {
    shop.put(
        "beside",
        """
        {"names": ["price_gems"], "currencies": [{"code": "GEM", "amount": 1000}]}
        """);
    ObjectNode list = Json.mapper().createObjectNode().put("has_more", false);
    for (String price : List.of("price_adhoc", "price_gems")) {
      list.withArray("/data")
          .addObject()
          .put("id", "li_" + price)
          .put("amount_total", price.equals("price_gems") ? 1_000 : 499)
          .put("amount_tax", 0)
          .putObject("price")
          .put("id", price);
    }
    STRIPE.put("/v1/checkout/sessions/cs_basket/line_items", list);
    shop.deliverStripe(
        Shop.stripeEvent(
            "checkout.session.completed",
            "evt_basket",
            Map.of("id", "cs_basket", "payment_intent", "pi_basket", "amount_total", 1_499)),
        200);
  }

  @Test
  void givesBackOneOfSeveralThatWerePaidTogether() {
    String purchase = basket();
    String sale = "cs_basket:li_price_gems@1767225480000";
    assertThat(refund("mia", "k1", purchase, Map.of("sale", sale)).body().path("amount").asLong())
        .isEqualTo(1_000);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(1_500);
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds").getFirst().path("amount").asLong()).isEqualTo(1_000);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
    assertThat(shop.balance("revenue:beside", "USD")).isZero();
    assertThat(shop.balance("revenue:gems_500", "USD")).isEqualTo(-499);
    assertThat(reason(refund("mia", "k2", purchase, Map.of("sale", sale))))
        .isEqualTo("nothing-left");
    refund("mia", "k3", purchase, Map.of());
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(2);
  }

  /// A store names one transaction for two products: each is refunded for itself.
  @Test
  void takesBackOnlyTheProductThatAStoreRefunded() {
    shop.put(
        "extra",
        """
        {"names": ["com.example.extra"], "currencies": [{"code": "GEM", "amount": 7}]}
        """);
    shop.deliver("non_renewing_purchase");
    shop.deliver("non_renewing_purchase", Map.of("id", "e2", "product_id", "com.example.extra"));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2_107);
    shop.deliver(
        "cancellation_refund_consumable", Map.of("id", "r2", "product_id", "com.example.extra"));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2_100);
    shop.deliver("cancellation_refund_consumable");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
  }

  /// A doubt about one line gives back the money of that line, and not of all that was paid.
  @Test
  void givesBackOnlyTheLineThatADecisionIsAbout() {
    shop.put(
        "gems_500",
        """
        {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
         "prices": [{"currency": "USD", "min": 900, "max": 1000}]}
        """);
    buyBasket();
    JsonNode doubt = desk.caseOf("price_band");
    desk.claim("mia", doubt);
    assertThat(desk.decide("mia", doubt, "refund").status()).isEqualTo(200);
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(1);
    assertThat(STRIPE.madeAt("/v1/refunds").getFirst().path("amount").asLong()).isEqualTo(499);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(1_000);
    assertThat(shop.balance("revenue:beside", "USD")).isEqualTo(-1_000);
    assertThat(shop.balance("revenue:gems_500", "USD")).isZero();
  }
}
