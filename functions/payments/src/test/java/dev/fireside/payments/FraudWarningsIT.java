package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.StripeStandIn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Early fraud warnings know their purchase, its person and its money.
class FraudWarningsIT {
  private static final String GEMS = "coin:GEM";
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

  private void warn() {
    String body =
        Shop.stripeEvent(
                "charge.refunded",
                "evt_warning",
                Map.of(
                    "id", "issfr_1",
                    "charge", "ch_1",
                    "payment_intent", "pi_3TestPI0000000001",
                    "fraud_type", "made_with_stolen_card"))
            .replace("\"charge.refunded\"", "\"radar.early_fraud_warning.created\"");
    shop.deliverStripe(body, 200);
  }

  private void buy(long amount) {
    shop.put(
        "gems_500",
        "{\"names\": [], \"currencies\": [{\"code\": \"GEM\", \"amount\": 500}],"
            + " \"price\": {\"currency\": \"USD\", \"amount\": "
            + amount
            + "}}");
    shop.deliverStripe(
        Shop.stripeEvent("checkout.session.completed", "evt_sale", Map.of("amount_total", amount)),
        200);
  }

  private JsonNode ofAlice() {
    JsonNode cases = desk.mod("mia").get("/api/reviews?uid=" + Shop.ALICE).body().path("items");
    assertThat(cases).hasSize(1);
    return cases.path(0);
  }

  @Test
  void knowsItsPurchaseItsPersonAndItsMoneyWhicheverComesFirst() {
    for (boolean saleFirst : List.of(true, false)) {
      open();
      if (saleFirst) {
        buy(499);
        warn();
      } else {
        warn();
        buy(499);
      }
      JsonNode doubt = ofAlice();
      assertThat(doubt.path("reason").asText()).isEqualTo("early_fraud_warning");
      assertThat(doubt.path("purchase").asText()).isEqualTo("pi_3TestPI0000000001");
      assertThat(doubt.path("amount").asLong()).isEqualTo(499);
      assertThat(doubt.path("currency").asText()).isEqualTo("USD");
      assertThat(doubt.path("twoPersons").asBoolean()).isFalse();
      assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
      desk.claim("mia", doubt);
      assertThat(desk.decide("mia", doubt, "refund").body().path("refund").asText())
          .isEqualTo("due");
      fireside.fire("payments-reviews");
      assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(1);
      assertThat(shop.balance("revenue:gems_500", "USD")).isZero();
      assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    }
  }

  @Test
  void readsWhatTheChargeSaysBeforeThePurchaseIsKnown() {
    ObjectNode charge = Json.mapper().createObjectNode();
    charge.put("id", "ch_1").put("amount", 15_000).put("currency", "usd");
    charge.putObject("metadata").put("uid", Shop.ALICE);
    STRIPE.put("/v1/charges/ch_1", charge);
    warn();
    JsonNode doubt = ofAlice();
    assertThat(doubt.path("amount").asLong()).isEqualTo(15_000);
    assertThat(doubt.path("twoPersons").asBoolean()).isTrue();
  }

  /// A refund that somebody made at Stripe itself leaves nothing to decide.
  @Test
  void endsByItselfOnceTheMoneyIsBack() {
    for (boolean refundFirst : List.of(false, true)) {
      open();
      buy(499);
      if (!refundFirst) {
        warn();
      }
      shop.deliverStripe("charge.refunded");
      if (refundFirst) {
        warn();
      }
      JsonNode doubt = ofAlice();
      desk.claim("mia", doubt);
      Reply late = desk.decide("mia", doubt, "refund");
      assertThat(late.status()).isEqualTo(409);
      assertThat(late.body().path("reason").asText()).isEqualTo("nothing-left");
      fireside.fire("payments-reviews");
      JsonNode ended = desk.mod("mia").get(Desk.path(doubt)).body();
      assertThat(ended.path("open").asBoolean()).isFalse();
      assertThat(ended.path("decision").asText()).isEqualTo("deny");
      assertThat(ended.path("refund").asText()).isEqualTo("none");
      assertThat(STRIPE.madeAt("/v1/refunds")).isEmpty();
      assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    }
  }

  @Test
  void asksTwoPeopleAboutMuchMoney() {
    buy(15_000);
    warn();
    JsonNode doubt = ofAlice();
    assertThat(doubt.path("twoPersons").asBoolean()).isTrue();
    desk.claim("mia", doubt);
    assertThat(desk.decide("mia", doubt, "refund").body().path("open").asBoolean()).isTrue();
    desk.claim("max", doubt);
    assertThat(desk.decide("max", doubt, "refund").body().path("open").asBoolean()).isFalse();
  }
}
