package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Deliveries that cannot take effect while their sender waits, or not at all.
class KeptDeliveriesIT {
  private static final String GEMS = "coin:GEM";
  private static final String TAKES_KEPT = "payments-on-delivery-kept";

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(settings());

  private final Shop shop = new Shop(fireside);

  private static Map<String, String> settings() {
    var settings = new HashMap<>(Shop.SETTINGS);
    settings.put("WRITE_DEADLINE", "6s");
    return settings;
  }

  @BeforeEach
  void open() {
    fireside.resetData();
    shop.fillCatalogue();
  }

  @AfterEach
  void booksAreInOrder() {
    fireside.faults().clear();
    fireside.settle();
    assertThat(shop.proof().faults()).isEmpty();
  }

  @Test
  void answersWhileSomebodyKeepsThePersonsDocumentsAndTakesEffectOnceLater() throws Exception {
    fireside.faults().hold(TAKES_KEPT);
    String fromRevenueCat = Shop.event("non_renewing_purchase", Map.of());
    var held = new CountDownLatch(1);
    var free = new CompletableFuture<Boolean>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var holder =
          threads.submit(() ->
              fireside
                  .platform()
                  .documents()
                  .transact(transaction -> {
                    boolean known =
                        transaction.get("users/" + Shop.ALICE + "/inventory/_head").isPresent();
                    held.countDown();
                    free.join();
                    return known;
                  }));
      held.await();
      Reply reply = shop.revenueCat(fromRevenueCat);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body().path("outcome").asText()).isEqualTo("received");
      free.complete(true);
      holder.get();
    }
    assertThat(outcome("revenuecat:00000011-5F3A-4C1E-9B7D-0A1B2C3D4E5F")).isEqualTo("received");
    assertThat(shop.journals()).isZero();
    // Whoever sends it otherwise is not believed now either.
    assertThat(
            shop.revenueCat(Shop.event("non_renewing_purchase", Map.of("transaction_id", "forged")))
                .body()
                .path("outcome")
                .asText())
        .isEqualTo("tampered");

    fireside.faults().release();
    fireside.settle();
    assertThat(outcome("revenuecat:00000011-5F3A-4C1E-9B7D-0A1B2C3D4E5F")).isEqualTo("posted");
    assertThat(waiting()).isEmpty();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    assertThat(shop.revenueCat(fromRevenueCat).body().path("outcome").asText())
        .isEqualTo("duplicate");
    assertThat(shop.journals()).isEqualTo(1);
  }

  @Test
  void findsCustomersWhoseAppsNameThemAsPeopleDo() {
    for (String name : List.of("john doe", "Zo\u00eb", "a//b")) {
      shop.deliver(
          "non_renewing_purchase",
          Map.of(
              "id", "named-" + name.length(),
              "app_user_id", name,
              "transaction_id", "t-" + name.length(),
              "original_transaction_id", "t-" + name.length()));
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(3 * 2100);
    // Without a person it waits for one.
    Map<String, Object> nobody =
        Map.of(
            "id", "nobody",
            "app_user_id", "jane roe",
            "original_app_user_id", "jane roe",
            "aliases", List.of(),
            "transaction_id", "t-nobody",
            "original_transaction_id", "t-nobody");
    shop.deliver("non_renewing_purchase", nobody);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(3 * 2100);
    shop.deliver(
        "transfer",
        Map.of("transferred_from", List.of("jane doe"), "transferred_to", List.of(Shop.BOB)));
  }

  @Test
  void keepsWhatItRefusesOfBothProviders() {
    String body = Shop.event("non_renewing_purchase", Map.of("currency", "no currency"));
    for (int i = 0; i < 2; i++) {
      assertThat(shop.revenueCat(body).status()).isEqualTo(400);
    }
    assertThat(refusal("revenuecat:00000011-5F3A-4C1E-9B7D-0A1B2C3D4E5F"))
        .isEqualTo("event/price_in_purchased_currency is no amount of its currency");
    assertThat(shop.revenueCat("{\"event\": {\"id\": 5}}").status()).isEqualTo(400);
    assertThat(shop.revenueCat("no JSON").status()).isEqualTo(400);
    assertThat(
            shop.stripe(Shop.stripeEvent("invoice.paid", "evt_refused", Map.of("id", "in/1")))
                .status())
        .isEqualTo(400);
    assertThat(refusal("stripe:evt_refused")).contains("id must be an id");
    assertThat(shop.stripe("{}").status()).isEqualTo(400);
    var documents = fireside.platform().documents();
    assertThat(documents.list(documents.collection("webhooks")))
        .hasSize(5)
        .allSatisfy(row -> assertThat(row.fields().requiredText("outcome")).isEqualTo("refused"));

    // It counts once it can be read.
    assertThat(shop.revenueCat(Shop.event("non_renewing_purchase", Map.of())).status())
        .isEqualTo(200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    assertThat(outcome("revenuecat:00000011-5F3A-4C1E-9B7D-0A1B2C3D4E5F")).isEqualTo("posted");
    assertThat(shop.revenueCat(body).status()).isEqualTo(400);
    assertThat(outcome("revenuecat:00000011-5F3A-4C1E-9B7D-0A1B2C3D4E5F")).isEqualTo("posted");
  }

  private String refusal(String delivery) {
    return shop.document("webhooks/" + delivery)
        .map(row -> row.fields().requiredText("reason"))
        .orElse("");
  }

  private static List<String> waiting() {
    var documents = fireside.platform().documents();
    return documents.list(documents.collection("deliveries")).stream()
        .map(document -> document.id())
        .toList();
  }

  private String outcome(String delivery) {
    return shop.document("webhooks/" + delivery)
        .map(row -> row.fields().requiredText("outcome"))
        .orElse("");
  }
}
