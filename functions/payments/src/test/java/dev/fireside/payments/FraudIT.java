package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.json.Json;
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

class FraudIT {
  private static final String GEMS = "coin:GEM";
  private static final String SCHEDULE = "payments-reviews";
  private static final long AT = 1_767_225_605_000L;
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(settings());

  private final Shop shop = new Shop(fireside);

  private static Map<String, String> settings() {
    var settings = new HashMap<>(Shop.SETTINGS);
    settings.put("STRIPE_API_KEY", "sk_test_of_the_tests");
    settings.put("STRIPE_API_BASE", STRIPE.base());
    return settings;
  }

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

  @Test
  void holdsAPriceOutsideItsBandUntilSomebodyDecides() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isZero();
    assertThat(receipt().path("status").asText()).isEqualTo("held");
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isEqualTo(100);
    JsonNode doubt = onlyCase();
    assertThat(doubt.path("reason").asText()).isEqualTo("price_band");
    assertThat(doubt.path("evidence").path("outcome").asText()).isEqualTo("hold");

    assertThat(decide("mia", doubt, "grant").status()).isEqualTo(409);
    assertThat(claim("mia", doubt).status()).isEqualTo(200);
    assertThat(claim("max", doubt).status()).isEqualTo(409);
    assertThat(decide("max", doubt, "grant").status()).isEqualTo(409);
    assertThat(decide("mia", doubt, "shrug").status()).isEqualTo(400);
    assertThat(decide("mia", doubt, "grant").status()).isEqualTo(200);
    assertThat(decide("mia", doubt, "grant").status()).isEqualTo(200);
    assertThat(decide("mia", doubt, "deny").status()).isEqualTo(409);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isPositive();
    assertThat(receipt().path("status").asText()).isEqualTo("granted");
    // Granted to escrow, decided, released.
    assertThat(shop.journals()).isEqualTo(3);
    assertThat(cases("decided")).hasSize(1);
    // The evidence is as it was.
    assertThat(cases("decided").path(0).path("evidence")).isEqualTo(doubt.path("evidence"));
  }

  @Test
  void keepsWhatIsDenied() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    JsonNode doubt = onlyCase();
    claim("mia", doubt);
    assertThat(decide("mia", doubt, "deny").status()).isEqualTo(200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isZero();
    assertThat(receipt().path("status").asText()).isEqualTo("denied");
    // The same purchase told by another event is not granted after all.
    shop.deliver("initial_purchase", Map.of("id", "again"));
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
  }

  @Test
  void asksTwoPeopleAboutMuchMoney() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 150.00));
    JsonNode doubt = onlyCase();
    assertThat(doubt.path("twoPersons").asBoolean()).isTrue();
    claim("mia", doubt);
    assertThat(decide("mia", doubt, "grant").body().path("open").asBoolean()).isTrue();
    claim("mia", doubt);
    assertThat(decide("mia", doubt, "grant").body().path("open").asBoolean()).isTrue();
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    pass(Duration.ofMinutes(31));
    claim("max", doubt);
    Reply second = decide("max", doubt, "grant");
    assertThat(second.body().path("open").asBoolean()).isFalse();
    assertThat(second.body().path("deciders")).hasSize(2);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
  }

  @Test
  void letsNobodyElseDecide() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    JsonNode doubt = onlyCase();
    assertThat(fireside.http().as(Shop.ALICE).get("/api/reviews").status()).isEqualTo(403);
    assertThat(claim(Shop.ALICE, doubt).status()).isEqualTo(403);
    assertThat(mod("mia").get("/api/reviews/none").status()).isEqualTo(404);
    assertThat(mod("mia").post("/api/reviews/none/claim", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void decidesAgainstTheBuyerWhenNobodyDoesInTime() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    pass(Duration.ofDays(2));
    fireside.fire(SCHEDULE);
    assertThat(cases("open")).hasSize(1);
    pass(Duration.ofDays(1));
    fireside.fire(SCHEDULE);
    fireside.fire(SCHEDULE);
    assertThat(cases("open")).isEmpty();
    assertThat(receipt().path("status").asText()).isEqualTo("denied");
    assertThat(cases("decided").path(0).path("deciders").path(0).asText()).isEqualTo("deadline");
  }

  @Test
  void givesMoneyBackOnce() {
    shop.put(
        "gems_500",
        """
        {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
         "price": {"currency": "USD", "amount": 499},
         "prices": [{"currency": "USD", "min": 900, "max": 1000}]}
        """);
    shop.deliverStripe("checkout.session.completed");
    JsonNode doubt = caseOf("price_band");
    claim("mia", doubt);
    assertThat(decide("mia", doubt, "refund").body().path("refund").asText()).isEqualTo("due");
    STRIPE.failNextPosts(1);
    fireside.fire(SCHEDULE);
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(1);
    assertThat(mod("mia").get(path(doubt)).body().path("refund").asText()).isEqualTo("asked");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
  }

  @Test
  void leavesARefundThatNoCallCanMakeToAPerson() {
    shop.put(
        "gems_500",
        """
        {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
         "prices": [{"currency": "USD", "min": 900, "max": 1000}]}
        """);
    shop.deliverStripe("checkout.session.completed");
    JsonNode doubt = caseOf("price_band");
    claim("mia", doubt);
    decide("mia", doubt, "refund");
    fireside
        .platform()
        .documents()
        .merge("reviews/" + doubt.path("id").asText(), Map.of("purchase", "sub_1"));
    fireside.fire(SCHEDULE);
    assertThat(mod("mia").get(path(doubt)).body().path("refund").asText()).isEqualTo("manual");
    assertThat(STRIPE.madeAt("/v1/refunds")).isEmpty();
  }

  @Test
  void holdsABurst() {
    for (int i = 0; i < 12; i++) {
      gems("t" + i, AT + i);
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10 * 2100);
    assertThat(cases("open")).hasSize(2);
    assertThat(cases("open").path(0).path("reason").asText()).isEqualTo("velocity_user");
    // The same delivery ten times is no burst.
    for (int i = 0; i < 12; i++) {
      gems("late", AT + 3_600_000);
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(11 * 2100);
  }

  @Test
  void holdsPurchasesFromOneDevice() {
    for (int i = 0; i < 12; i++) {
      shop.deliver(
          "non_renewing_purchase",
          Map.of(
              "id", "d" + i,
              "app_user_id", "user" + i,
              "original_app_user_id", "user" + i,
              "aliases", List.of("user" + i),
              "transaction_id", "d" + i,
              "original_transaction_id", "d" + i,
              "subscriber_attributes", Map.of("$idfv", Map.of("value", "one-phone")),
              "event_timestamp_ms", AT + i));
    }
    JsonNode held = cases("open");
    assertThat(held).hasSize(2);
    assertThat(held.path(0).path("reason").asText()).isEqualTo("velocity_device");
    assertThat(held.toString()).doesNotContain("one-phone");
  }

  @Test
  void reviewsWhatItCannotCountWhileRedisIsAway() {
    fireside.killRedis();
    try {
      gems("t1", AT);
      assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    } finally {
      fireside.restartRedis();
    }
    assertThat(caseOf("velocity_unknown").path("evidence").path("outcome").asText())
        .isEqualTo("hold");
    pass(Duration.ofMinutes(61));
    fireside.fire(SCHEDULE);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
  }

  @Test
  void doesNotDoubtAgainWhatWasGranted() {
    shop.deliver("initial_purchase");
    shop.deliver("initial_purchase", Map.of("id", "other", "price_in_purchased_currency", 0.05));
    assertThat(cases("open")).isEmpty();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
  }

  @Test
  void holdsPaymentsWithACardOfManyPeople() {
    for (int i = 0; i < 4; i++) {
      shop.deliverStripe(charge("charge.succeeded", i, "user" + i), 200);
    }
    shop.deliverStripe(
        Shop.stripeEvent("checkout.session.completed", "evt_s", Map.of("payment_intent", "pi_3")),
        200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    JsonNode doubt = caseOf("shared_card");
    assertThat(doubt.toString()).doesNotContain("TestFp0000000001");
    claim("mia", doubt);
    assertThat(decide("mia", doubt, "grant").status()).isEqualTo(200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
  }

  @Test
  void notesBurstsOfFailedPayments() {
    for (int i = 0; i < 6; i++) {
      shop.deliverStripe(charge("charge.failed", i, Shop.ALICE), 200);
    }
    assertThat(caseOf("failed_payments").path("uid").asText()).isEqualTo(Shop.ALICE);
    // What the card tester buys next waits.
    gems("t1", AT + 30_000);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
  }

  private static String charge(String type, int number, String uid) {
    ObjectNode event =
        (ObjectNode)
            Shop.json(
                Shop.stripeEvent(
                    "charge.refunded",
                    "evt_" + type + number,
                    Map.of(
                        "id", "ch_" + number,
                        "payment_intent", "pi_" + number,
                        "metadata", Map.of("uid", uid))));
    event.put("type", type);
    event.put("created", AT / 1_000 + number);
    return Json.mapper().convertValue(event, JsonNode.class).toString();
  }

  private void gems(String transaction, long at) {
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "id", transaction,
            "transaction_id", transaction,
            "original_transaction_id", transaction,
            "purchased_at_ms", at - 3_000,
            "event_timestamp_ms", at));
  }

  private JsonNode receipt() {
    return fireside.http().as(Shop.ALICE).get("/api/purchases").body().path("items").path(0);
  }

  private static TestHttp.Caller mod(String who) {
    return fireside.http().as(who, Role.MODERATOR);
  }

  private static JsonNode cases(String status) {
    return mod("mia").get("/api/reviews?status=" + status).body().path("items");
  }

  private static JsonNode onlyCase() {
    JsonNode open = cases("open");
    assertThat(open).hasSize(1);
    return open.path(0);
  }

  private static JsonNode caseOf(String reason) {
    JsonNode open = cases("open");
    for (JsonNode doubt : open) {
      if (doubt.path("reason").asText().equals(reason)) {
        return doubt;
      }
    }
    throw new AssertionError("No case " + reason + " in " + open);
  }

  private static String path(JsonNode doubt) {
    return "/api/reviews/" + URLEncoder.encode(doubt.path("id").asText(), StandardCharsets.UTF_8);
  }

  private static Reply claim(String who, JsonNode doubt) {
    return mod(who).post(path(doubt) + "/claim", Map.of());
  }

  private static Reply decide(String who, JsonNode doubt, String decision) {
    return mod(who).post(path(doubt) + "/decision", Map.of("decision", decision));
  }

  private static void pass(Duration time) {
    fireside.clock().advance(time);
  }
}
