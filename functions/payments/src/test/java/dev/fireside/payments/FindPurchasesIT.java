package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.TestHttp;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.StripeStandIn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Purchases as support finds them.
class FindPurchasesIT {
  private static final String FIND = "/api/payments/purchases";
  private static final String BY_MAIL = FIND + "/by-email";
  private static final String GEMS = "app_store:live:2000000900000301";
  private static final String PAYMENT = "stripe:live:pi_3TestPI0000000001";
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Shop.settings(STRIPE, "sk_test_of_the_tests"));

  private final Shop shop = new Shop(fireside);

  @BeforeEach
  void open() {
    Shop.resetData(fireside);
    STRIPE.reset();
    shop.fillCatalogue();
  }

  @AfterAll
  static void end() {
    STRIPE.close();
  }

  private static TestHttp.Caller mod() {
    return fireside.http().as("mia", Role.MODERATOR);
  }

  private static List<String> ids(JsonNode page) {
    var ids = new ArrayList<String>();
    page.path("items").forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }

  private static List<String> found(String key, String what) {
    return ids(
        mod().get(FIND + "?" + key + "=" + URLEncoder.encode(what, StandardCharsets.UTF_8)).body());
  }

  private static List<String> mailed(String address) {
    return ids(mod().post(BY_MAIL, Map.of("email", address)).body());
  }

  @Test
  void findsAPurchaseByEveryIdThatAStoreHasOfIt() {
    shop.deliver("non_renewing_purchase");
    shop.deliverStripe("checkout.session.completed");
    shop.deliverStripe("charge.refunded.partial");
    assertThat(found("transaction", "2000000900000301")).containsExactly(GEMS);
    assertThat(found("order", "order_01JGTEST0000000001")).containsExactly(PAYMENT);
    JsonNode charge =
        Shop.json(Shop.fixture("stripe/charge.refunded.partial")).path("data").path("object");
    for (String name :
        List.of(
            "pi_3TestPI0000000001",
            "cs_live_a1Test00000000000000000000000001",
            charge.path("id").asText())) {
      assertThat(found("transaction", name)).as(name).containsExactly(PAYMENT);
    }
    assertThat(found("order", "GPA.0000")).isEmpty();
  }

  @Test
  void findsASubscriptionAndItsPaymentByTheInvoice() {
    shop.deliverStripe(
        Shop.stripeEvent("invoice.paid", "evt_i", Map.of("payment_intent", "pi_invoice")), 200);
    String invoice = Shop.paidInvoice().path("id").asText();
    assertThat(found("transaction", invoice)).hasSize(2).contains("stripe:live:pi_invoice");
  }

  @Test
  void asksStripeForThePaymentBehindACharge() {
    shop.deliverStripe("checkout.session.completed");
    ObjectNode charge = Json.mapper().createObjectNode();
    charge.put("id", "ch_other").put("payment_intent", "pi_3TestPI0000000001");
    STRIPE.put("/v1/charges/ch_other", charge);
    assertThat(found("transaction", "ch_other")).containsExactly(PAYMENT);
    assertThat(found("transaction", "ch_nobodys")).isEmpty();
  }

  @Test
  void findsWhatSomebodyGotWithItsSales() {
    shop.deliver("non_renewing_purchase");
    shop.deliverStripe("checkout.session.completed");
    assertThat(found("uid", Shop.ALICE)).containsExactly(GEMS, PAYMENT);
    assertThat(found("uid", Shop.BOB)).isEmpty();
    JsonNode first = mod().get(FIND + "?limit=1&uid=" + Shop.ALICE).body();
    JsonNode sale = first.path("items").path(0).path("sales").path(0);
    assertThat(sale.path("status").asText()).isEqualTo("granted");
    assertThat(sale.path("amount").asLong()).isEqualTo(3299);
    assertThat(sale.path("uid").asText()).isEqualTo(Shop.ALICE);
    String cursor = URLEncoder.encode(first.path("nextCursor").asText(), StandardCharsets.UTF_8);
    assertThat(ids(mod().get(FIND + "?limit=1&uid=" + Shop.ALICE + "&cursor=" + cursor).body()))
        .containsExactly(PAYMENT);
  }

  @Test
  void givesThemAsATable() {
    shop.deliver("non_renewing_purchase");
    var table = mod().header("Accept", "text/csv").get(FIND + "?uid=" + Shop.ALICE);
    assertThat(table.status()).isEqualTo(200);
    assertThat(table.body().asText())
        .startsWith("id,store,book,purchase,owner,waiting,receipt,sale,uid,")
        .contains(GEMS + ",app_store,live,2000000900000301,")
        .contains(",granted,3299,EUR,0,");
  }

  @Test
  void takesOneQuestionAtATimeAndOnlyFromThoseWhoMayAsk() {
    assertThat(mod().get(FIND).status()).isEqualTo(400);
    assertThat(mod().get(FIND + "?uid=ann&order=1").status()).isEqualTo(400);
    assertThat(mod().get(FIND + "?uid=a:b").status()).isEqualTo(400);
    for (String address : List.of("a@b@c", "nobody", "@example.com", "ann@")) {
      assertThat(mod().post(BY_MAIL, Map.of("email", address)).errorFields())
          .as(address)
          .containsExactly("email");
    }
    assertThat(mod().post(BY_MAIL, Map.of()).status()).isEqualTo(400);
    assertThat(fireside.http().as(Shop.ALICE).get(FIND + "?uid=" + Shop.ALICE).status())
        .isEqualTo(403);
    assertThat(
            fireside.http().as(Shop.ALICE).post(BY_MAIL, Map.of("email", "a@b.example")).status())
        .isEqualTo(403);
  }

  @Test
  void findsByTheAddressOfTheReceiptHoweverItIsWritten() {
    shop.deliver("non_renewing_purchase");
    shop.deliverStripe("checkout.session.completed");
    for (String written :
        List.of("alice@example.com", "  Alice@EXAMPLE.com\u00a0", "\uff21lice@example.com")) {
      assertThat(mailed(written)).as(written).containsExactly(GEMS, PAYMENT);
    }
    assertThat(mailed("malice@example.com")).isEmpty();
    assertThat(mailed("no address")).isEmpty();
    // In no document does the address stand as it is.
    for (String collection : List.of("purchases", "webhooks", "customers")) {
      var documents = fireside.platform().documents();
      assertThat(documents.list(documents.collection(collection)))
          .isNotEmpty()
          .noneMatch(document -> document.fields().values().toString().contains("alice@"));
    }
  }

  @Test
  void findsWhatWaitsForItsPersonByTheAddress() {
    var session = new HashMap<String, Object>();
    session.put("client_reference_id", null);
    session.put("metadata", Map.of("sku", "gems_500"));
    shop.deliverStripe(Shop.stripeEvent("checkout.session.completed", "evt_link", session), 200);
    JsonNode found = mod().post(BY_MAIL, Map.of("email", "alice@example.com")).body();
    assertThat(found.path("items").path(0).path("waiting").path(0).asText())
        .startsWith("customer:");
    assertThat(found.path("items").path(0).path("sales").path(0).path("status").asText())
        .isEqualTo("unassigned");
  }

  @Test
  void forgetsTheAddressWithThePersonAndLearnsItNoMore() {
    shop.deliver("non_renewing_purchase");
    var documents = fireside.platform().documents();
    documents.set("users/" + Shop.ALICE, Map.of("status", "deleted"));
    fireside.settle();
    assertThat(mailed("alice@example.com")).isEmpty();
    assertThat(found("transaction", "2000000900000301")).containsExactly(GEMS);
    // What comes later, of this purchase or another, does not bring it back.
    shop.deliver("cancellation_refund_consumable");
    shop.deliverStripe("checkout.session.completed");
    assertThat(mailed("alice@example.com")).isEmpty();
    assertThat(shop.proof().faults()).isEmpty();
  }

  @Test
  void makesPurchasesFindableThatWereKeptBefore() {
    shop.deliver("non_renewing_purchase");
    var kept = new HashMap<>(shop.document("purchases/" + GEMS).orElseThrow().fields().values());
    kept.keySet().removeAll(List.of("names", "mails", "people"));
    var documents = fireside.platform().documents();
    documents.set("purchases/" + GEMS, kept);
    assertThat(found("uid", Shop.ALICE)).isEmpty();
    fireside.fire("payments-reconcile");
    fireside.fire("payments-reconcile");
    assertThat(found("uid", Shop.ALICE)).containsExactly(GEMS);
    assertThat(found("transaction", "2000000900000301")).containsExactly(GEMS);
  }

  @Test
  void keepsAKeyedHashOnly() {
    shop.deliver("non_renewing_purchase");
    var vault =
        new Vault(fireside.platform().documents(), fireside.platform().config(), fireside.clock());
    assertThat(shop.document("purchases/" + GEMS).orElseThrow().fields().texts("mails"))
        .containsExactly(vault.blindIndex(Vault.MAIL, "alice@example.com"));
  }
}
