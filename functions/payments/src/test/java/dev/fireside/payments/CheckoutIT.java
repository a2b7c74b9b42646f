package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.StripeStandIn;
import java.util.ArrayList;
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

class CheckoutIT {
  private static final StripeStandIn STRIPE = new StripeStandIn();
  private static final Map<String, String> WISH =
      Map.of(
          "product", "gems_500",
          "successUrl", "https://example.com/ok",
          "cancelUrl", "https://example.com/no");

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Shop.settings(STRIPE, "sk_of_the_tests,sk_before"));

  private static final String GEMS =
      """
      {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
       "price": {"currency": "%s", "amount": %d}}
      """;

  private final Shop shop = new Shop(fireside);
  private final Desk desk = new Desk(fireside);

  @BeforeEach
  void open() {
    fireside.resetData();
    STRIPE.reset();
    shop.fillCatalogue();
  }

  @AfterAll
  static void close() {
    STRIPE.close();
  }

  @AfterEach
  void booksAreInOrder() {
    assertThat(shop.proof().faults()).isEmpty();
  }

  @Test
  void namesWhatIsWrongWithAWish() {
    for (String product : List.of("__x__", ".", "..", "none")) {
      assertThat(wish("product", product).status()).as(product).isEqualTo(400);
    }
    Reply refused = wish("successUrl", "https://-");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().toString()).contains("successUrl");
  }

  private static Reply wish(String field, String value) {
    var wish = new HashMap<>(WISH);
    wish.put(field, value);
    return fireside.http().as("dora").post("/api/checkout", wish);
  }

  private static Reply checkout(String uid) {
    return fireside.http().as(uid).post("/api/checkout", WISH);
  }

  private String orderState(String order) {
    return shop.document("orders/" + order).orElseThrow().fields().requiredText("state");
  }

  @Test
  void sellsAtTheCataloguesPrice() {
    assertThat(checkout("dora").status()).isEqualTo(200);
    ObjectNode session = STRIPE.madeAt("/v1/checkout/sessions").getFirst();
    assertThat(session.path("amount_total").asLong()).isEqualTo(499);
    assertThat(session.path("currency").asText()).isEqualTo("usd");
    assertThat(session.path("metadata").path("uid").asText()).isEqualTo("dora");
    assertThat(session.path("metadata").path("sku").asText()).isEqualTo("gems_500");
  }

  @Test
  void makesOneCustomerForAPersonHoweverManyCheckoutsAreOpenedAtOnce() throws Exception {
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(() -> checkout("dora").status());
    }
    try (var threads = Executors.newFixedThreadPool(10)) {
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    assertThat(STRIPE.madeAt("/v1/customers")).hasSize(1);
    assertThat(STRIPE.madeAt("/v1/checkout/sessions")).hasSize(10);
  }

  @Test
  void findsTheCustomerThatADeadProcessMadeWhenStripeHasForgottenTheKey() {
    checkout("dora");
    fireside.platform().documents().delete("stripeCustomers/dora");
    STRIPE.prune();
    assertThat(checkout("dora").status()).isEqualTo(200);
    assertThat(STRIPE.madeAt("/v1/customers")).hasSize(1);
  }

  @Test
  void goesOnUnderAnotherKeyWhereStripeHasKeptAFailure() {
    // The SDK itself tries a failed call twice more, and gets the failure that was kept.
    STRIPE.failNextPosts(1);
    assertThat(checkout("dora").status()).isEqualTo(200);
    assertThat(STRIPE.madeAt("/v1/customers")).hasSize(1);
    assertThat(STRIPE.madeAt("/v1/checkout/sessions")).hasSize(1);
  }

  @Test
  void comparesWithItsOwnPriceWhateverStripeMadeOfIt() {
    STRIPE.askForMore(1);
    String order = checkout("dora").body().path("orderId").asText();
    assertThat(shop.document("orders/" + order).orElseThrow().fields().number("amount"))
        .isEqualTo(499);
  }

  @Test
  void sellsAtNoPriceThatStripeCannotTake() {
    shop.put("gems_500", GEMS.formatted("KWD", 1_230));
    assertThat(checkout("dora").status()).isEqualTo(200);
    ObjectNode session = STRIPE.madeAt("/v1/checkout/sessions").getFirst();
    assertThat(session.path("amount_total").asLong()).isEqualTo(1_230);
    Map<?, ?> odd = Json.mapper().convertValue(Shop.json(GEMS.formatted("KWD", 1_234)), Map.class);
    Reply refused = fireside.http().as("boss", Role.ADMIN).put("/api/catalogue/gems_500", odd);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("errors").toString()).contains("price/amount", "10");
    // One that was written before this was asked for.
    fireside
        .platform()
        .documents()
        .merge("catalogue/gems_500", Map.of("price", Map.of("currency", "KWD", "amount", 1_234)));
    assertThat(checkout("dora").status()).isEqualTo(400);
  }

  @Test
  void keepsTheStateOfAnOrderWhateverOrderEventsComeIn() {
    String order = checkout("dora").body().path("orderId").asText();
    assertThat(orderState(order)).isEqualTo("open");
    deliver("checkout.session.completed.unpaid", "checkout.session.completed", order, 1);
    assertThat(orderState(order)).isEqualTo("pending");
    assertThat(shop.units("dora", "coin:GEM")).isZero();
    deliver("checkout.session.completed", "checkout.session.async_payment_succeeded", order, 2);
    assertThat(orderState(order)).isEqualTo("paid");
    assertThat(shop.units("dora", "coin:GEM")).isEqualTo(500);
    deliver("checkout.session.completed.unpaid", "checkout.session.expired", order, 3);
    deliver("checkout.session.completed.unpaid", "checkout.session.completed", order, 4);
    assertThat(orderState(order)).isEqualTo("paid");

    String failing = checkout("dora").body().path("orderId").asText();
    deliver("checkout.session.completed.unpaid", "checkout.session.completed", failing, 5);
    deliver(
        "checkout.session.completed.unpaid", "checkout.session.async_payment_failed", failing, 6);
    assertThat(orderState(failing)).isEqualTo("failed");
    assertThat(shop.units("dora", "coin:GEM")).isEqualTo(500);
  }

  private void deliver(String fixture, String type, String order, int event) {
    var changes =
        Map.of(
            "client_reference_id",
            order,
            "metadata",
            Map.of("uid", "dora", "sku", "gems_500", "order_id", order));
    ObjectNode body = (ObjectNode) Shop.json(Shop.stripeEvent(fixture, "evt_" + event, changes));
    body.put("type", type);
    shop.deliverStripe(body.toString(), 200);
  }

  @Test
  void listsAPersonsSubscriptionsAsStripeKnowsThem() {
    assertThat(fireside.http().as("dora").get("/api/checkout/subscriptions").body().path("items"))
        .isEmpty();
    checkout("dora");
    String customer = STRIPE.madeAt("/v1/customers").getFirst().path("id").asText();
    ObjectNode subscription =
        (ObjectNode)
            Shop.json(Shop.fixture("stripe/customer.subscription.updated"))
                .path("data")
                .path("object");
    subscription.put("customer", customer);
    STRIPE.put("/v1/subscriptions/sub_1", subscription);
    JsonNode items =
        fireside.http().as("dora").get("/api/checkout/subscriptions").body().path("items");
    assertThat(items).hasSize(1);
    assertThat(items.path(0).path("status").asText()).isEqualTo("active");
    assertThat(items.path(0).path("renewing").asBoolean()).isTrue();
    assertThat(items.path(0).path("periodEnd").asText()).isEqualTo("2026-02-01T00:00:00Z");
    assertThat(fireside.http().anonymous().get("/api/checkout/subscriptions").status())
        .isEqualTo(401);
  }

  @Test
  void sellsSubscriptionsByTheirStripePrice() {
    var wish = new HashMap<>(WISH);
    wish.put("product", "pro_monthly");
    assertThat(fireside.http().as("dora").post("/api/checkout", wish).status()).isEqualTo(200);
    assertThat(STRIPE.madeAt("/v1/checkout/sessions").getFirst().path("mode").asText())
        .isEqualTo("subscription");
  }

  @Test
  void holdsWhatOneOfTwoCasesStillHolds() {
    shop.put(
        "gems_500",
        """
        {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
         "price": {"currency": "USD", "amount": 499},
         "prices": [{"currency": "USD", "min": 900, "max": 1000}]}
        """);
    for (int i = 0; i < 4; i++) {
      shop.deliverStripe(Shop.charge("charge.succeeded", i, "user" + i), 200);
    }
    shop.deliverStripe(session("evt_s", "pi_3", 499), 200);
    JsonNode card = desk.caseOf("shared_card");
    JsonNode price = desk.caseOf("price_band");
    // Who paid is no name of a moderator, but who bought is.
    assertThat(desk.claim(Shop.ALICE, card).status()).isEqualTo(403);
    desk.claim("mia", card);
    assertThat(desk.decide("mia", card, "grant").status()).isEqualTo(200);
    assertThat(shop.units(Shop.ALICE, "coin:GEM")).isZero();
    assertThat(receipt().path("status").asText()).isEqualTo("held");
    desk.claim("mia", price);
    assertThat(desk.decide("mia", price, "grant").status()).isEqualTo(200);
    assertThat(shop.units(Shop.ALICE, "coin:GEM")).isEqualTo(500);
    // A warning right after the decisions, which are dated ahead, holds it again.
    shop.deliverStripe(warning("pi_3"), 200);
    assertThat(receipt().path("status").asText()).isEqualTo("held");
  }

  @Test
  void asksTwoPeopleAboutAWarningAboutMuchMoney() {
    shop.deliverStripe(warning("pi_9"), 200);
    // Nobody knows yet whose it is and how much.
    assertThat(desk.caseOf("early_fraud_warning").path("twoPersons").asBoolean()).isTrue();
    shop.deliverStripe(session("evt_s", "pi_9", 499), 200);
    assertThat(desk.caseOf("early_fraud_warning").path("twoPersons").asBoolean()).isFalse();
    shop.put(
        "gems_500",
        """
        {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
         "price": {"currency": "USD", "amount": 20000}}
        """);
    shop.deliverStripe(warning("pi_10"), 200);
    shop.deliverStripe(session("evt_t", "pi_10", 20_000), 200);
    JsonNode doubt = desk.cases("open").path(1);
    assertThat(doubt.path("purchase").asText()).isEqualTo("pi_10");
    assertThat(doubt.path("twoPersons").asBoolean()).isTrue();
    assertThat(desk.claim(Shop.ALICE, doubt).status()).isEqualTo(403);
    desk.claim("mia", doubt);
    assertThat(desk.decide("mia", doubt, "grant").body().path("open").asBoolean()).isTrue();
    desk.claim("max", doubt);
    assertThat(desk.decide("max", doubt, "grant").body().path("open").asBoolean()).isFalse();
    assertThat(shop.units(Shop.ALICE, "coin:GEM")).isEqualTo(500);
    // Who decided what stands in the books.
    String journal = "decision:" + doubt.path("id").asText();
    assertThat(shop.document("transactions/" + journal).orElseThrow().fields().requiredText("memo"))
        .startsWith("grant by mia,max, case ");
  }

  private static String session(String event, String payment, long amount) {
    return Shop.stripeEvent(
        "checkout.session.completed",
        event,
        Map.of("id", "cs_" + payment, "payment_intent", payment, "amount_total", amount));
  }

  private static String warning(String payment) {
    ObjectNode event =
        (ObjectNode)
            Shop.json(
                Shop.stripeEvent(
                    "charge.refunded",
                    "evt_warning_" + payment,
                    Map.of("id", "issfr_" + payment, "payment_intent", payment)));
    event.put("type", "radar.early_fraud_warning.created");
    return event.toString();
  }

  @Test
  void holdsPaymentsWithACardOfManyPeople() {
    for (int i = 0; i < 4; i++) {
      shop.deliverStripe(Shop.charge("charge.succeeded", i, "user" + i), 200);
    }
    shop.deliverStripe(
        Shop.stripeEvent("checkout.session.completed", "evt_s", Map.of("payment_intent", "pi_3")),
        200);
    assertThat(shop.units(Shop.ALICE, "coin:GEM")).isZero();
    JsonNode doubt = desk.caseOf("shared_card");
    assertThat(doubt.toString()).doesNotContain("TestFp0000000001");
    desk.claim("mia", doubt);
    assertThat(desk.decide("mia", doubt, "grant").status()).isEqualTo(200);
    assertThat(shop.units(Shop.ALICE, "coin:GEM")).isEqualTo(500);
  }

  private static JsonNode receipt() {
    return fireside.http().as(Shop.ALICE).get("/api/purchases").body().path("items").path(0);
  }
}
