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
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  void holdsWhatOneOfTwoCasesStillHolds() {
    shop.put(
        "gems_500",
        """
        {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
         "price": {"currency": "USD", "amount": 499},
         "prices": [{"currency": "USD", "min": 900, "max": 1000}]}
        """);
    for (int i = 0; i < 4; i++) {
      shop.deliverStripe(charge("charge.succeeded", i, "user" + i), 200);
    }
    shop.deliverStripe(session("evt_s", "pi_3", 499), 200);
    JsonNode card = caseOf("shared_card");
    JsonNode price = caseOf("price_band");
    // Who paid is no name of a moderator, but who bought is.
    assertThat(claim(Shop.ALICE, card).status()).isEqualTo(403);
    claim("mia", card);
    assertThat(decide("mia", card, "grant").status()).isEqualTo(200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(receipt().path("status").asText()).isEqualTo("held");
    claim("mia", price);
    assertThat(decide("mia", price, "grant").status()).isEqualTo(200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
    // A warning right after the decisions, which are dated ahead, holds it again.
    shop.deliverStripe(warning("pi_3"), 200);
    assertThat(receipt().path("status").asText()).isEqualTo("held");
  }

  @Test
  void asksTwoPeopleAboutAWarningAboutMuchMoney() {
    shop.deliverStripe(warning("pi_9"), 200);
    // Nobody knows yet whose it is and how much.
    assertThat(caseOf("early_fraud_warning").path("twoPersons").asBoolean()).isTrue();
    shop.deliverStripe(session("evt_s", "pi_9", 499), 200);
    assertThat(caseOf("early_fraud_warning").path("twoPersons").asBoolean()).isFalse();
    shop.deliverStripe(warning("pi_10"), 200);
    shop.deliverStripe(session("evt_t", "pi_10", 20_000), 200);
    JsonNode doubt = cases("open").path(1);
    assertThat(doubt.path("purchase").asText()).isEqualTo("pi_10");
    assertThat(doubt.path("twoPersons").asBoolean()).isTrue();
    assertThat(claim(Shop.ALICE, doubt).status()).isEqualTo(403);
    claim("mia", doubt);
    assertThat(decide("mia", doubt, "grant").body().path("open").asBoolean()).isTrue();
    claim("max", doubt);
    assertThat(decide("max", doubt, "grant").body().path("open").asBoolean()).isFalse();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(500);
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
  void letsOneOfTwoModeratorsDecide() throws Exception {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    JsonNode doubt = onlyCase();
    assertThat(atOnce(() -> claim("mia", doubt), () -> claim("max", doubt)))
        .containsExactlyInAnyOrder(200, 409);
    String who = onlyCase().path("claimedBy").asText();
    assertThat(atOnce(() -> decide(who, doubt, "grant"), () -> decide(who, doubt, "deny")))
        .containsExactlyInAnyOrder(200, 409);
    // Granted to escrow, decided, and released or denied.
    assertThat(shop.journals()).isEqualTo(3);
  }

  private static List<Integer> atOnce(Callable<Reply> one, Callable<Reply> other) throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<Reply> first = threads.submit(one);
      Future<Reply> second = threads.submit(other);
      return List.of(first.get().status(), second.get().status());
    }
  }

  @Test
  void holdsNothingPaidButNotWhatTheStoreGivesAway() {
    shop.deliver(
        "initial_purchase",
        Map.of("period_type", "TRIAL", "price", 0, "price_in_purchased_currency", 0));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    assertThat(cases("open")).isEmpty();
    shop.deliver("renewal", Map.of("price", 0, "price_in_purchased_currency", 0));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    assertThat(onlyCase().path("reason").asText()).isEqualTo("price_band");
    // Gems have no band.
    shop.deliver(
        "non_renewing_purchase", Map.of("price", -35.79, "price_in_purchased_currency", -32.99));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    assertThat(cases("open")).hasSize(2);
    assertThat(cases("open").toString()).contains("\"outcome\":\"deny\"");
  }

  @Test
  void judgesThePriceOfWhatWaitedForItsProduct() {
    shop.deliver("unknown_product");
    assertThat(cases("open")).isEmpty();
    shop.put(
        "late",
        """
        {"names": ["com.example.not.in.catalogue"],
         "currencies": [{"code": "GEM", "amount": 7}],
         "prices": [{"currency": "EUR", "min": 5000, "max": 6000}]}
        """);
    fireside.settle();
    assertThat(onlyCase().path("reason").asText()).isEqualTo("price_band");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(receipt().path("status").asText()).isEqualTo("held");
  }

  @Test
  void holdsPurchasesOfWhoGivesMuchBack() {
    for (int i = 0; i < 5; i++) {
      gems("t" + i, AT + i);
    }
    for (int i = 0; i < 3; i++) {
      shop.deliver(
          "cancellation_refund_consumable",
          Map.of(
              "id", "back" + i,
              "transaction_id", "t" + i,
              "original_transaction_id", "t" + i,
              "purchased_at_ms", AT + i - 3_000));
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2 * 2100);
    gems("t9", AT + 9);
    assertThat(onlyCase().path("reason").asText()).isEqualTo("refund_ratio");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2 * 2100);
  }

  @Test
  void looksAtSubscriptionsThatWanderAround() {
    shop.deliver("initial_purchase");
    move(1, Shop.ALICE, "$RCAnonymousID:new-phone");
    alias("$RCAnonymousID:new-phone", Shop.ALICE);
    move(3, Shop.ALICE, Shop.BOB);
    assertThat(cases("open")).isEmpty();
    move(4, Shop.BOB, "carol");
    JsonNode doubt = onlyCase();
    assertThat(doubt.path("reason").asText()).isEqualTo("transfer_chain");
    assertThat(doubt.path("evidence").path("transfer_chain").asText()).isEqualTo("3 holders");
    assertThat(shop.accessUntil("carol", "pro")).isPositive();
    // Who has it does not decide about it.
    assertThat(claim("carol", doubt).status()).isEqualTo(403);
    claim("mia", doubt);
    assertThat(decide("mia", doubt, "deny").status()).isEqualTo(200);
    assertThat(shop.accessUntil("carol", "pro")).isZero();
  }

  private void move(int second, String from, String to) {
    shop.deliver(
        "transfer",
        Map.of(
            "id",
            "move" + second,
            "event_timestamp_ms",
            1_767_398_410_000L + second * 1_000L,
            "transferred_from",
            List.of(from),
            "transferred_to",
            List.of(to)));
  }

  private void alias(String id, String uid) {
    shop.deliver(
        "uncancellation",
        Map.of(
            "id",
            "alias-" + id.length(),
            "app_user_id",
            uid,
            "original_app_user_id",
            id,
            "aliases",
            List.of(id, uid),
            "event_timestamp_ms",
            1_767_398_412_000L));
  }

  @Test
  void letsNobodyElseDecide() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    JsonNode doubt = onlyCase();
    assertThat(fireside.http().as(Shop.ALICE).get("/api/reviews").status()).isEqualTo(403);
    assertThat(claim(Shop.ALICE, doubt).status()).isEqualTo(403);
    for (String none : List.of("none", "__x__", "€".repeat(501))) {
      String path = "/api/reviews/" + URLEncoder.encode(none, StandardCharsets.UTF_8);
      assertThat(mod("mia").get(path).status()).as(none).isEqualTo(404);
    }
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
      shop.deliver("non_renewing_purchase", Map.of("price_in_purchased_currency", 150));
      assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
      assertThat(caseOf("velocity_unknown").path("evidence").path("outcome").asText())
          .isEqualTo("hold");
      pass(Duration.ofMinutes(61));
    } finally {
      fireside.restartRedis();
    }
    fireside.fire(SCHEDULE);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    // Much money is not one clock's to grant.
    assertThat(onlyCase().path("amount").asLong()).isEqualTo(15_000);
    pass(Duration.ofDays(3));
    fireside.fire(SCHEDULE);
    assertThat(cases("open")).isEmpty();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
  }

  @Test
  void holdsABurstThatNobodyCouldCountAtFirst() {
    fireside.killRedis();
    try {
      for (int i = 0; i < 11; i++) {
        gems("t" + i, AT + i);
      }
    } finally {
      fireside.restartRedis();
    }
    pass(Duration.ofMinutes(61));
    fireside.fire(SCHEDULE);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10 * 2100);
    assertThat(cases("open")).hasSize(1);
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
