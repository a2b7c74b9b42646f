package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.stripe.StripeStandIn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

  @Test
  void holdsAPriceOutsideItsBandUntilSomebodyDecides() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isZero();
    assertThat(receipt().path("status").asText()).isEqualTo("held");
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isEqualTo(100);
    JsonNode doubt = desk.onlyCase();
    assertThat(doubt.path("reason").asText()).isEqualTo("price_band");
    assertThat(doubt.path("evidence").path("outcome").asText()).isEqualTo("hold");

    assertThat(desk.decide("mia", doubt, "grant").status()).isEqualTo(409);
    assertThat(desk.claim("mia", doubt).status()).isEqualTo(200);
    assertThat(desk.claim("max", doubt).status()).isEqualTo(409);
    assertThat(desk.decide("max", doubt, "grant").status()).isEqualTo(409);
    assertThat(desk.decide("mia", doubt, "shrug").status()).isEqualTo(400);
    assertThat(desk.decide("mia", doubt, "grant").status()).isEqualTo(200);
    assertThat(desk.decide("mia", doubt, "grant").status()).isEqualTo(200);
    assertThat(desk.decide("mia", doubt, "deny").status()).isEqualTo(409);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isPositive();
    assertThat(receipt().path("status").asText()).isEqualTo("granted");
    // Granted to escrow, decided, released.
    assertThat(shop.journals()).isEqualTo(3);
    assertThat(desk.cases("decided")).hasSize(1);
    // The evidence is as it was.
    assertThat(desk.cases("decided").path(0).path("evidence")).isEqualTo(doubt.path("evidence"));
  }

  @Test
  void keepsWhatIsDenied() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    JsonNode doubt = desk.onlyCase();
    desk.claim("mia", doubt);
    assertThat(desk.decide("mia", doubt, "deny").status()).isEqualTo(200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("escrow:" + Shop.ALICE, GEMS)).isZero();
    assertThat(receipt().path("status").asText()).isEqualTo("denied");
    var documents = fireside.platform().documents();
    assertThat(documents.list(documents.collection("transactions").whereEqualTo("kind", "deny")))
        .singleElement()
        .satisfies(journal ->
            assertThat(journal.fields().instant("occurredAt").orElseThrow())
                .isBeforeOrEqualTo(fireside.clock().instant()));
    // The same purchase told by another event is not granted after all.
    shop.deliver("initial_purchase", Map.of("id", "again"));
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
  }

  @Test
  void asksTwoPeopleAboutMuchMoney() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 150.00));
    JsonNode doubt = desk.onlyCase();
    assertThat(doubt.path("twoPersons").asBoolean()).isTrue();
    desk.claim("mia", doubt);
    assertThat(desk.decide("mia", doubt, "grant").body().path("open").asBoolean()).isTrue();
    desk.claim("mia", doubt);
    assertThat(desk.decide("mia", doubt, "grant").body().path("open").asBoolean()).isTrue();
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    pass(Duration.ofMinutes(31));
    desk.claim("max", doubt);
    Reply second = desk.decide("max", doubt, "grant");
    assertThat(second.body().path("open").asBoolean()).isFalse();
    assertThat(second.body().path("deciders")).hasSize(2);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
  }

  @Test
  void letsOneOfTwoModeratorsDecide() throws Exception {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    JsonNode doubt = desk.onlyCase();
    assertThat(atOnce(() -> desk.claim("mia", doubt), () -> desk.claim("max", doubt)))
        .containsExactlyInAnyOrder(200, 409);
    String who = desk.onlyCase().path("claimedBy").asText();
    assertThat(
            atOnce(() -> desk.decide(who, doubt, "grant"), () -> desk.decide(who, doubt, "deny")))
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
    assertThat(desk.cases("open")).isEmpty();
    shop.deliver("renewal", Map.of("price", 0, "price_in_purchased_currency", 0));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    assertThat(desk.onlyCase().path("reason").asText()).isEqualTo("price_band");
    // Gems have no band.
    shop.deliver(
        "non_renewing_purchase", Map.of("price", -35.79, "price_in_purchased_currency", -32.99));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    assertThat(desk.cases("open")).hasSize(2);
    assertThat(desk.cases("open").toString()).contains("\"outcome\":\"deny\"");
  }

  /// Google Play reports it as a purchase of its own.
  @Test
  void judgesNothingOfAChangeOfPlanWhicheverComesFirst() {
    for (Object price : List.of(0, 3.21)) {
      List<String> events =
          List.of(
              Shop.event("initial_purchase", Map.of("store", "PLAY_STORE")),
              Shop.event(
                  "product_change",
                  Map.of(
                      "store", "PLAY_STORE",
                      "new_product_id", "com.example.plus",
                      "event_timestamp_ms", AT + 60_000)),
              Shop.event(
                  "initial_purchase",
                  Map.of(
                      "id", "changed",
                      "store", "PLAY_STORE",
                      "product_id", "com.example.plus",
                      "transaction_id", "GPA.2",
                      "original_transaction_id", "GPA.2",
                      "purchased_at_ms", AT + 59_000,
                      "event_timestamp_ms", AT + 61_000,
                      "price_in_purchased_currency", price)));
      for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 0, 1), List.of(1, 2, 0))) {
        fireside.resetData();
        shop.fillCatalogue();
        shop.put(
            "plus",
            """
            {"names": ["com.example.plus"], "entitlements": ["plus"],
             "prices": [{"currency": "EUR", "min": 900, "max": 1100}], "subscription": true}
            """);
        order.forEach(
            index -> assertThat(shop.revenueCat(events.get(index)).status()).isEqualTo(200));
        assertThat(shop.accessUntil(Shop.ALICE, "plus")).as("%s %s", price, order).isPositive();
      }
    }
    // What was doubted at first is nobody's to deny.
    pass(Duration.ofDays(4));
    fireside.fire(SCHEDULE);
    assertThat(desk.cases("open")).isEmpty();
    assertThat(shop.accessUntil(Shop.ALICE, "plus")).isPositive();
  }

  @Test
  void listsCasesInPagesOfWhichALastFullOneNamesNoNext() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    assertThat(desk.cases("open")).hasSize(1);
    assertThat(desk.mod("mia").get("/api/reviews?limit=1").body().has("nextCursor")).isFalse();
  }

  @Test
  void judgesThePriceOfWhatWaitedForItsProduct() {
    shop.deliver("unknown_product");
    assertThat(desk.cases("open")).isEmpty();
    shop.put(
        "late",
        """
        {"names": ["com.example.not.in.catalogue"],
         "currencies": [{"code": "GEM", "amount": 7}],
         "prices": [{"currency": "EUR", "min": 5000, "max": 6000}]}
        """);
    fireside.settle();
    assertThat(desk.onlyCase().path("reason").asText()).isEqualTo("price_band");
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
    assertThat(desk.onlyCase().path("reason").asText()).isEqualTo("refund_ratio");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2 * 2100);
  }

  @Test
  void letsNobodyElseDecide() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    JsonNode doubt = desk.onlyCase();
    assertThat(fireside.http().as(Shop.ALICE).get("/api/reviews").status()).isEqualTo(403);
    assertThat(desk.claim(Shop.ALICE, doubt).status()).isEqualTo(403);
    for (String none : List.of("none", "__x__", "€".repeat(501))) {
      String path = "/api/reviews/" + URLEncoder.encode(none, StandardCharsets.UTF_8);
      assertThat(desk.mod("mia").get(path).status()).as(none).isEqualTo(404);
    }
    assertThat(desk.mod("mia").post("/api/reviews/none/claim", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void decidesAgainstTheBuyerWhenNobodyDoesInTime() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    pass(Duration.ofDays(2));
    fireside.fire(SCHEDULE);
    assertThat(desk.cases("open")).hasSize(1);
    pass(Duration.ofDays(1));
    fireside.fire(SCHEDULE);
    fireside.fire(SCHEDULE);
    assertThat(desk.cases("open")).isEmpty();
    assertThat(receipt().path("status").asText()).isEqualTo("denied");
    assertThat(desk.cases("decided").path(0).path("deciders").path(0).asText())
        .isEqualTo("deadline");
  }

  @Test
  void givesMoneyBackOnce() {
    JsonNode doubt = paidTooLittle();
    assertThat(desk.decide("mia", doubt, "refund").body().path("refund").asText()).isEqualTo("due");
    STRIPE.failNextPosts(1);
    fireside.fire(SCHEDULE);
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(1);
    assertThat(desk.mod("mia").get(Desk.path(doubt)).body().path("refund").asText())
        .isEqualTo("asked");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
  }

  /// The case about a payment through Stripe, claimed by a moderator.
  private JsonNode paidTooLittle() {
    shop.put(
        "gems_500",
        """
        {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
         "price": {"currency": "USD", "amount": 499},
         "prices": [{"currency": "USD", "min": 900, "max": 1000}]}
        """);
    shop.deliverStripe("checkout.session.completed");
    JsonNode doubt = desk.caseOf("price_band");
    desk.claim("mia", doubt);
    return doubt;
  }

  @Test
  void asksNoMoreForMoneyThatTheBankTookBack() {
    JsonNode doubt = paidTooLittle();
    desk.decide("mia", doubt, "refund");
    STRIPE.refuseNextPost("charge_disputed");
    fireside.fire(SCHEDULE);
    assertThat(desk.mod("mia").get(Desk.path(doubt)).body().path("refund").asText())
        .isEqualTo("disputed");
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).isEmpty();
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
    JsonNode doubt = desk.caseOf("price_band");
    desk.claim("mia", doubt);
    desk.decide("mia", doubt, "refund");
    fireside
        .platform()
        .documents()
        .merge("reviews/" + doubt.path("id").asText(), Map.of("purchase", "sub_1"));
    fireside.fire(SCHEDULE);
    assertThat(desk.mod("mia").get(Desk.path(doubt)).body().path("refund").asText())
        .isEqualTo("manual");
    assertThat(STRIPE.madeAt("/v1/refunds")).isEmpty();
  }

  @Test
  void holdsABurst() {
    for (int i = 0; i < 12; i++) {
      gems("t" + i, AT + i);
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(10 * 2100);
    assertThat(desk.cases("open")).hasSize(2);
    assertThat(desk.cases("open").path(0).path("reason").asText()).isEqualTo("velocity_user");
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
    JsonNode held = desk.cases("open");
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
      assertThat(desk.caseOf("velocity_unknown").path("evidence").path("outcome").asText())
          .isEqualTo("hold");
      pass(Duration.ofMinutes(61));
    } finally {
      fireside.restartRedis();
    }
    fireside.fire(SCHEDULE);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    // Much money is not one clock's to grant.
    assertThat(desk.onlyCase().path("amount").asLong()).isEqualTo(15_000);
    pass(Duration.ofDays(3));
    fireside.fire(SCHEDULE);
    assertThat(desk.cases("open")).isEmpty();
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
    assertThat(desk.cases("open")).hasSize(1);
  }

  @Test
  void doesNotDoubtAgainWhatWasGranted() {
    shop.deliver("initial_purchase");
    shop.deliver("initial_purchase", Map.of("id", "other", "price_in_purchased_currency", 0.05));
    assertThat(desk.cases("open")).isEmpty();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
  }

  @Test
  void notesBurstsOfFailedPayments() {
    for (int i = 0; i < 6; i++) {
      shop.deliverStripe(Shop.charge("charge.failed", i, Shop.ALICE), 200);
    }
    assertThat(desk.caseOf("failed_payments").path("uid").asText()).isEqualTo(Shop.ALICE);
    // What the card tester buys next waits.
    gems("t1", AT + 30_000);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
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

  private static void pass(Duration time) {
    fireside.clock().advance(time);
  }
}
