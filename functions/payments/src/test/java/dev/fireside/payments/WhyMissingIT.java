package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.checkout.store.OrderStore;
import dev.fireside.payments.purchases.store.DeliveryStore;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Each place where a purchase can stop, as support sees it.
class WhyMissingIT {
  private static final String TRANSACTION = "2000000900000301";
  private static final String ANONYMOUS = "$RCAnonymousID:0123456789abcdef";

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Shop.SETTINGS);

  private final Shop shop = new Shop(fireside);
  private final Desk desk = new Desk(fireside);

  @BeforeEach
  void open() {
    Shop.resetData(fireside);
    shop.fillCatalogue();
  }

  private JsonNode why(String uid, String query) {
    JsonNode answer = desk.mod("mia").get("/api/payments/users/" + uid + "/missing" + query).body();
    assertThat(answer.path("uid").asText()).as("%s", answer).isEqualTo(uid);
    return answer;
  }

  /// The only way, which ended by a cause, and says what to do.
  private JsonNode way(String cause) {
    return way(cause, "");
  }

  private JsonNode way(String cause, String query) {
    JsonNode ways = why(Shop.ALICE, query).path("ways");
    assertThat(ways).as("%s", ways).hasSize(1);
    assertThat(ways.path(0).path("cause").asText()).as("%s", ways).isEqualTo(cause);
    assertThat(ways.path(0).path("todo").asText()).isNotEmpty();
    return ways.path(0);
  }

  private static List<String> kinds(JsonNode way) {
    var kinds = new ArrayList<String>();
    way.path("stages")
        .forEach(
            stage -> kinds.add(stage.path("kind").asText() + " " + stage.path("state").asText()));
    return kinds;
  }

  private static Documents documents() {
    return fireside.platform().documents();
  }

  @Test
  void givesTheWholeWayOfWhatWasGranted() {
    shop.deliver("non_renewing_purchase");
    JsonNode way = way("granted");
    assertThat(kinds(way)).containsExactly("delivery posted", "fact sold", "journal grant");
    assertThat(way.path("stages").path(2).path("text").asText())
        .contains("+2100 GEM in the inventory");
    assertThat(way.path("product").asText()).isEqualTo("gems_2100");
    assertThat(way("granted", "?transaction=" + TRANSACTION)).isEqualTo(way);
  }

  @Test
  void saysThatNothingCame() {
    way("nothing");
    way("nothing", "?transaction=GPA.1");
  }

  @Test
  void namesADeliveryThatWaits() {
    String body = Shop.event("non_renewing_purchase", Map.of());
    var deliveries = DeliveryStore.of(fireside.platform());
    var delivery = new Delivery("revenuecat", "e1", "NON_RENEWING_PURCHASE", Shop.ALICE, body);
    fireside.faults().hold("payments-on-delivery-kept");
    deliveries.keepReceived(
        delivery, deliveries.seal(delivery).orElseThrow(), fireside.clock().instant());
    assertThat(kinds(way("kept"))).containsExactly("delivery received");
    assertThat(kinds(way("kept", "?transaction=" + TRANSACTION)))
        .containsExactly("delivery received");
    fireside.faults().release();
    fireside.faults().clear();
    fireside.settle();
  }

  @Test
  void namesADeliveryThatWasRefusedAndWhy() {
    shop.revenueCat(Shop.event("non_renewing_purchase", Map.of("currency", "no currency")));
    JsonNode way = way("refused");
    assertThat(way.path("stages").path(0).path("text").asText())
        .contains("price_in_purchased_currency");
    way("refused", "?transaction=" + TRANSACTION);
  }

  @Test
  void namesACheckoutThatWasNotPaid() {
    new OrderStore(documents(), fireside.clock())
        .open("order_1", new Uid(Shop.ALICE), "gems_500", new Money(499, "USD"));
    assertThat(kinds(way("unpaid"))).containsExactly("order open");
    documents().merge("orders/order_1", Map.of("state", "paid"));
    way("paid-only");
    shop.deliverStripe(
        Shop.stripeEvent(
            "checkout.session.completed",
            "evt_1",
            Map.of(
                "client_reference_id",
                "order_1",
                "metadata",
                Map.of("uid", Shop.ALICE, "sku", "gems_500", "order_id", "order_1"))),
        200);
    way("granted");
  }

  @Test
  void namesWhatCameWithoutItsSale() {
    shop.deliver("cancellation_refund_consumable");
    way("no-sale", "?transaction=" + TRANSACTION);
  }

  @Test
  void namesTheProductThatNobodyKnows() {
    shop.deliver("non_renewing_purchase", Map.of("product_id", "com.example.new"));
    JsonNode way = way("waits-for-product", "?transaction=" + TRANSACTION);
    assertThat(kinds(way))
        .containsExactly("delivery posted", "fact sold", "waiting waits", "journal grant");
    assertThat(way.path("stages").path(2).path("text").asText()).contains("com.example.new");
  }

  @Test
  void namesThatNobodyKnowsWhoseItIs() {
    var nobody = new HashMap<String, Object>();
    nobody.put("app_user_id", ANONYMOUS);
    nobody.put("original_app_user_id", ANONYMOUS);
    nobody.put("aliases", List.of(ANONYMOUS));
    shop.revenueCat(Shop.event("non_renewing_purchase", nobody));
    way("nothing");
    way("waits-for-person", "?transaction=" + TRANSACTION);
  }

  @Test
  void namesThatSomebodyElseGotIt() {
    shop.deliver("non_renewing_purchase");
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "id",
            "shared",
            "app_user_id",
            Shop.BOB,
            "original_app_user_id",
            Shop.BOB,
            "aliases",
            List.of(Shop.BOB)));
    JsonNode ways = why(Shop.BOB, "?transaction=" + TRANSACTION).path("ways");
    assertThat(ways.path(0).path("cause").asText()).isEqualTo("somebody-elses");
    assertThat(kinds(ways.path(0))).contains("case open");
  }

  @Test
  void namesATestPurchase() {
    shop.deliver("sandbox_non_renewing_purchase");
    way("sandbox");
  }

  @Test
  void namesTheCaseThatHoldsItAndItsDecision() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
    JsonNode held = way("held");
    assertThat(kinds(held))
        .containsExactly("delivery posted", "fact sold", "case open", "journal grant");
    JsonNode doubt = desk.onlyCase();
    assertThat(held.path("stages").path(2).path("id")).isEqualTo(doubt.path("id"));
    desk.claim("max", doubt);
    desk.decide("max", doubt, "deny");
    JsonNode denied = way("denied");
    assertThat(denied.path("stages").path(2).path("text").asText()).contains("max");
    assertThat(kinds(denied)).contains("case deny", "journal deny");
  }

  @Test
  void namesWhatWentBack() {
    shop.deliver("non_renewing_purchase");
    shop.deliver("cancellation_refund_consumable");
    assertThat(kinds(way("refunded"))).contains("journal refund");
  }

  @Test
  void namesAPartThatWentBackAndADispute() {
    shop.deliverStripe("checkout.session.completed");
    shop.deliverStripe("charge.dispute.created");
    way("disputed");
    shop.deliverStripe("charge.dispute.closed");
    way("dispute-lost");
    open();
    shop.deliverStripe("checkout.session.completed");
    shop.deliverStripe("charge.refunded.partial");
    way("partly-refunded");
  }

  @Test
  void namesTheDebtThatItPaid() {
    shop.deliver("non_renewing_purchase");
    shop.spend(Shop.ALICE, "GEM", 2_000);
    shop.deliver("cancellation_refund_consumable");
    shop.deliver(
        "non_renewing_purchase",
        Map.of("id", "next", "transaction_id", "t2", "original_transaction_id", "t2"));
    JsonNode way = way("paid-debt", "?transaction=t2");
    assertThat(way.path("stages").path(2).path("text").asText()).contains("of what they owe");
    assertThat(why(Shop.ALICE, "").path("ways")).hasSize(2);
  }

  @Test
  void namesAProductThatGivesNoUnits() {
    shop.put("pro", "{\"names\": [\"com.example.pro.monthly\"], \"entitlements\": [\"pro\"]}");
    shop.deliver("initial_purchase");
    way("no-units");
  }

  @Test
  void isForModerators() {
    String path = "/api/payments/users/" + Shop.ALICE + "/missing";
    assertThat(fireside.http().as(Shop.ALICE).get(path).status()).isEqualTo(403);
    String none = URLEncoder.encode("a:b", StandardCharsets.UTF_8);
    assertThat(desk.mod("mia").get("/api/payments/users/" + none + "/missing").status())
        .isEqualTo(404);
  }
}
