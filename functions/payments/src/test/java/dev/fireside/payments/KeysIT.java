package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.purchases.store.DeliveryStore;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.store.Document;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeysIT {
  private static final String EVENT = "00000002-5F3A-4C1E-9B7D-0A1B2C3D4E5F";

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Shop.SETTINGS);

  private final Shop shop = new Shop(fireside);

  @BeforeEach
  void open() {
    fireside.resetData();
    shop.fillCatalogue();
  }

  @AfterEach
  void booksAreInOrder() {
    assertThat(shop.proof().faults()).isEmpty();
  }

  private static DeliveryStore deliveries() {
    var platform = fireside.platform();
    return new DeliveryStore(
        platform.documents(), new Vault(platform.documents(), platform.config(), platform.clock()));
  }

  @Test
  void keepsBodiesOnlyEncrypted() {
    shop.deliver("initial_purchase");
    assertThat(deliveries().body("revenuecat", EVENT).orElse("")).contains("alice@example.com");
    var documents = fireside.platform().documents();
    for (String collection :
        new String[] {"webhooks", "purchases", "users/" + Shop.ALICE + "/purchases"}) {
      for (Document document : documents.list(documents.collection(collection))) {
        document
            .fields()
            .values()
            .values()
            .forEach(value -> {
              String text =
                  value instanceof byte[] bytes
                      ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                      : value.toString();
              assertThat(text).doesNotContain("alice@example.com");
            });
      }
    }
  }

  @Test
  void forgetsAPersonWhoLeavesAndKeepsTheLedgerWhole() {
    shop.deliver("initial_purchase");
    shop.deliver("renewal");
    shop.deliver(
        "initial_purchase",
        Map.of(
            "id",
            "bobs",
            "app_user_id",
            Shop.BOB,
            "original_app_user_id",
            Shop.BOB,
            "aliases",
            List.of(Shop.BOB),
            "transaction_id",
            "b1",
            "original_transaction_id",
            "b1"));
    var documents = fireside.platform().documents();
    documents.set("users/" + Shop.ALICE, Map.of("status", "deleted"));
    fireside.settle();
    assertThat(deliveries().body("revenuecat", EVENT)).isEmpty();
    assertThat(deliveries().body("revenuecat", "bobs")).isPresent();
    assertThat(new LedgerStore(documents).prove().faults()).isEmpty();
    // What still comes for them takes effect, and its body is not kept.
    shop.deliver("non_renewing_purchase");
    assertThat(shop.journals()).isEqualTo(4);
    assertThat(deliveries().body("revenuecat", "00000011-5F3A-4C1E-9B7D-0A1B2C3D4E5F")).isEmpty();
    assertThat(new LedgerStore(documents).prove().faults()).isEmpty();
  }

  @Test
  void forgetsWithAPersonWhatNamesOnlyTheirPurchasesOrACustomerOfTheirs() {
    shop.deliverStripe("checkout.session.completed");
    shop.deliverStripe("charge.dispute.created");
    shop.deliverStripe(
        Shop.stripeEvent("charge.refunded", "evt_card", Map.of())
            .replace("\"charge.refunded\"", "\"charge.succeeded\""),
        200);
    String anonymous = "$RCAnonymousID:0123456789abcdef";
    shop.deliver("initial_purchase", Map.of("aliases", List.of(Shop.ALICE, anonymous)));
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "id",
            "anonymous",
            "app_user_id",
            anonymous,
            "original_app_user_id",
            anonymous,
            "aliases",
            List.of(anonymous)));
    var documents = fireside.platform().documents();
    List<String> stripe = List.of("evt_1Test00000000000000000018", "evt_card");
    assertThat(stripe).allMatch(id -> deliveries().body("stripe", id).isPresent());
    assertThat(deliveries().body("revenuecat", "anonymous")).isPresent();
    documents.set("users/" + Shop.ALICE, Map.of("status", "deleted"));
    fireside.settle();
    assertThat(stripe).noneMatch(id -> deliveries().body("stripe", id).isPresent());
    assertThat(deliveries().body("revenuecat", "anonymous")).isEmpty();
  }

  @Test
  void keepsAThinEventUntilThereIsAKeyToReadItBy() {
    String thin =
        """
        {"id": "evt_thin", "object": "v2.core.event", "type": "v1.checkout.session.completed",
         "created": "2026-01-01T00:00:00.000Z", "livemode": true,
         "related_object": {"id": "cs_1", "type": "checkout.session",
                            "url": "/v1/checkout/sessions/cs_1"}}
        """;
    for (int i = 0; i < 2; i++) {
      assertThat(shop.stripe(thin).status()).isEqualTo(200);
    }
    assertThat(shop.document("deliveries/stripe:evt_thin")).isPresent();
    assertThat(deliveries().body("stripe", "evt_thin")).contains(thin);
  }

  @Test
  void keepsTheKeysOfThoseWhoStay() {
    shop.deliver("initial_purchase");
    fireside.platform().documents().set("users/" + Shop.ALICE, Map.of("status", "active"));
    fireside.settle();
    fireside.fire("payments-keys");
    fireside.fire("payments-prove");
    assertThat(deliveries().body("revenuecat", EVENT)).isPresent();
  }
}
