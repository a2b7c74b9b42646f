package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
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

/// Refunds that come to much together: each counts from when it is asked for until it is seen to
/// have gone back.
class RefundSumsIT {
  private static final String SCHEDULE = "payments-reviews";
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
    shop.put(
        "gems_500",
        """
        {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
         "price": {"currency": "USD", "amount": 30000}}
        """);
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

  private void buy(int number) {
    shop.deliverStripe(
        Shop.stripeEvent(
            "checkout.session.completed",
            "evt_" + number,
            Map.of(
                "id", "cs_" + number,
                "payment_intent", "pi_" + number,
                "amount_total", 30_000)),
        200);
  }

  private Reply refund(String who, String key, int number, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.put("reason", "They asked for it");
    String purchase = URLEncoder.encode("stripe:live:pi_" + number, StandardCharsets.UTF_8);
    return desk.mod(who)
        .header("Idempotency-Key", key)
        .post("/api/payments/purchases/" + purchase + "/refunds", body);
  }

  private static String reason(Reply reply) {
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(409);
    return reply.body().path("reason").asText();
  }

  private static long due(List<Reply> replies) {
    return replies.stream()
        .filter(reply -> reply.body().path("refund").asText().equals("due"))
        .mapToLong(reply -> reply.body().path("amount").asLong())
        .sum();
  }

  private static void assertAllDecided(List<Reply> replies) {
    assertThat(replies)
        .allSatisfy(reply ->
            assertThat(reply.status())
                .as("%s", reply.body())
                .isIn(200, 400, 409)
                .isNotEqualTo(503));
  }

  @Test
  void asksTwoPeopleOnceTheSumOfOnePurchaseIsMuchMoney() {
    buy(1);
    assertThat(refund("mia", "k0", 1, Map.of("amount", 9_900)).body().path("refund").asText())
        .isEqualTo("due");
    for (int i = 1; i <= 2; i++) {
      JsonNode asked = refund(i == 1 ? "mia" : "max", "k" + i, 1, Map.of("amount", 9_900)).body();
      assertThat(asked.path("open").asBoolean()).as("%s", asked).isTrue();
      assertThat(asked.path("twoPersons").asBoolean()).isTrue();
    }
    // All but 300 is asked for, though nothing is sent.
    assertThat(refund("mia", "k4", 1, Map.of("amount", 9_900)).status()).isEqualTo(400);
    assertThat(refund("mia", "k5", 1, Map.of()).body().path("amount").asLong()).isEqualTo(300);
    assertThat(reason(refund("mia", "k6", 1, Map.of()))).isEqualTo("nothing-left");
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(1);
    // What is not given back can be asked for again.
    for (JsonNode open : desk.cases("open")) {
      for (String who : List.of("mia", "max")) {
        desk.claim(who, open);
        desk.decide(who, open, "deny");
      }
    }
    assertThat(desk.cases("open")).isEmpty();
    assertThat(refund("mia", "k7", 1, Map.of()).body().path("amount").asLong()).isEqualTo(20_100);
  }

  @Test
  void holdsForRefundsThatAreAskedForAtOnce() {
    buy(1);
    List<Reply> replies = Calls.atOnce(6, i -> refund("mia", "k" + i, 1, Map.of("amount", 9_900)));
    assertAllDecided(replies);
    assertThat(due(replies)).isEqualTo(9_900);
    assertThat(
            replies.stream()
                .filter(reply -> reply.status() == 200)
                .mapToLong(reply -> reply.body().path("amount").asLong())
                .sum())
        .isEqualTo(29_700);
    fireside.fire(SCHEDULE);
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(1);
  }

  @Test
  void countsWhatStripeHasNotCarriedOutYet() {
    buy(1);
    refund("mia", "k0", 1, Map.of("amount", 9_900));
    STRIPE.leaveNextRefundsPending(1);
    fireside.fire(SCHEDULE);
    JsonNode made = STRIPE.madeAt("/v1/refunds").getFirst();
    JsonNode asked = refund("mia", "k1", 1, Map.of("amount", 200)).body();
    assertThat(asked.path("open").asBoolean()).isTrue();
    assertThat(refund("mia", "k2", 1, Map.of()).body().path("amount").asLong()).isEqualTo(19_900);
    // It fails: that much is left again.
    hear(made.path("id").asText(), 9_900, "failed");
    assertThat(refund("mia", "k3", 1, Map.of()).body().path("amount").asLong()).isEqualTo(9_900);
  }

  private void hear(String refund, long amount, String status) {
    shop.deliverStripe(
        Shop.stripeEvent(
            "refund.failed",
            "evt_" + refund,
            Map.of("id", refund, "status", status, "amount", amount, "payment_intent", "pi_1")),
        200);
  }

  @Test
  void letsOnePersonGiveBackOnlySoMuchADayAlone() {
    for (int i = 1; i <= 13; i++) {
      buy(i);
    }
    List<Reply> replies =
        Calls.atOnce(12, i -> refund("mia", "k" + i, i + 1, Map.of("amount", 9_900)));
    assertAllDecided(replies);
    assertThat(due(replies)).isEqualTo(99_000);
    assertThat(refund("mia", "k20", 12, Map.of("amount", 9_900)).body().path("open").asBoolean())
        .isTrue();
    JsonNode open = refund("mia", "k21", 13, Map.of("amount", 9_900)).body();
    assertThat(open.path("open").asBoolean()).isTrue();
    // Another may, and then it is in both their names.
    desk.claim("max", open);
    assertThat(desk.decide("max", open, "refund").body().path("deciders")).hasSize(2);
    fireside.clock().advance(Duration.ofHours(24));
    buy(14);
    assertThat(refund("mia", "k22", 14, Map.of("amount", 9_900)).body().path("refund").asText())
        .isEqualTo("due");
  }
}
