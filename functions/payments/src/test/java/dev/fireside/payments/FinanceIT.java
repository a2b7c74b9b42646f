package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp;
import dev.fireside.shared.auth.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What support and finance see.
class FinanceIT {
  private static final String GEMS = "coin:GEM";
  private static final String ANONYMOUS = "$RCAnonymousID:0123456789abcdef";
  private static final String UNASSIGNED = "unassigned:app_store";
  private static final String REVENUE = "revenue:gems_2100";

  /// 32.99 EUR less 15.97 % tax.
  private static final long NET = 3299 - 527;

  private static final long START = 1767398410000L;

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Shop.SETTINGS);

  private final Shop shop = new Shop(fireside);

  @BeforeEach
  void open() {
    fireside.resetData();
    shop.fillCatalogue();
    // Who calls has an account.
    fireside.http().as(Shop.ALICE).get("/api/purchases");
    fireside.http().as(Shop.BOB).get("/api/purchases");
  }

  @AfterEach
  void booksAreInOrder() {
    fireside.settle();
    assertThat(shop.proof().faults()).isEmpty();
  }

  private TestHttp.Caller boss() {
    return fireside.http().as("boss", Role.ADMIN);
  }

  private JsonNode waiting(String query) {
    Reply reply = boss().get("/api/payments/waiting" + query);
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    return reply.body().path("items");
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  private static Map<String, Object> nobody(Map<String, ?> more) {
    var changes = new HashMap<String, Object>();
    changes.put("app_user_id", ANONYMOUS);
    changes.put("original_app_user_id", ANONYMOUS);
    changes.put("aliases", List.of(ANONYMOUS));
    changes.putAll(more);
    return changes;
  }

  private static String bought() {
    return Shop.event("non_renewing_purchase", nobody(Map.of()));
  }

  private static String refunded() {
    return Shop.event("cancellation_refund_consumable", nobody(Map.of()));
  }

  private static String transfer(String to) {
    return Shop.event(
        "transfer",
        Map.of(
            "id",
            "to-" + to,
            "event_timestamp_ms",
            START + 100_000_000L,
            "transferred_from",
            List.of(ANONYMOUS),
            "transferred_to",
            List.of(to)));
  }

  @Test
  void booksTheMoneyOfAnUnknownProductAtOnceAndMovesItOnceItIsKnown() {
    shop.deliver("non_renewing_purchase", Map.of("product_id", "com.example.new"));
    assertThat(shop.balance(UNASSIGNED, "EUR")).isEqualTo(-NET);
    assertThat(shop.balance("store_receivable:app_store", "EUR")).isEqualTo(NET - 832);
    assertThat(shop.balance("fees:app_store", "EUR")).isEqualTo(832);

    JsonNode one = waiting("?reason=product").path(0);
    assertThat(one.path("money").path("EUR").asLong()).isEqualTo(3299);
    assertThat(one.path("reasons").path(0).path("kind").asText()).isEqualTo("product");
    assertThat(one.path("reasons").path(0).path("id").asText()).isEqualTo("com.example.new");
    assertThat(one.path("reasons").path(0).path("todo").asText()).contains("PUT /api/catalogue");
    assertThat(one.path("since").asText()).startsWith("2026-");
    assertThat(waiting("?reason=customer")).isEmpty();
    assertThat(waiting("?book=sandbox")).isEmpty();

    shop.put(
        "new",
        """
        {"names": ["com.example.new"], "currencies": [{"code": "GEM", "amount": 7}]}
        """);
    fireside.settle();
    assertThat(shop.balance(UNASSIGNED, "EUR")).isZero();
    assertThat(shop.balance("revenue:new", "EUR")).isEqualTo(-NET);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(7);
    assertThat(shop.journals()).isEqualTo(2);
    assertThat(waiting("")).isEmpty();
    var documents = fireside.platform().documents();
    var heard = documents.list(documents.collection("notifications/" + Shop.ALICE + "/items"));
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst().fields().text("kind")).hasValue("purchase");
  }

  @Test
  void grantsWhatAnAnonymousBuyerTransferredToAPerson() {
    shop.revenueCat(bought());
    assertThat(shop.balance(UNASSIGNED, "EUR")).isEqualTo(-NET);
    assertThat(waiting("?reason=customer").path(0).path("reasons").path(0).path("id").asText())
        .isEqualTo(ANONYMOUS);

    shop.revenueCat(transfer(Shop.BOB));
    fireside.settle();
    assertThat(shop.balance(UNASSIGNED, "EUR")).isZero();
    assertThat(shop.balance(REVENUE, "EUR")).isEqualTo(-NET);
    assertThat(shop.units(Shop.BOB, GEMS)).isEqualTo(2100);
    assertThat(waiting("")).isEmpty();
  }

  /// The purchase, a transfer over another nobody, a refund and its reversal: whatever comes first
  /// or twice, the money ends in one place.
  @Test
  void movesTheMoneyOnceWhateverTheOrder() {
    String other = "$RCAnonymousID:fedcba9876543210";
    String there =
        Shop.event(
            "transfer",
            Map.of(
                "id",
                "there",
                "event_timestamp_ms",
                START + 90_000_000L,
                "transferred_from",
                List.of(ANONYMOUS),
                "transferred_to",
                List.of(other)));
    String on =
        Shop.event(
            "transfer",
            Map.of(
                "id",
                "on",
                "event_timestamp_ms",
                START + 95_000_000L,
                "transferred_from",
                List.of(other),
                "transferred_to",
                List.of(Shop.BOB)));
    for (int seed = 0; seed < 6; seed++) {
      boolean back = seed % 2 == 1;
      var bodies = new ArrayList<>(List.of(bought(), there, on));
      if (back) {
        bodies.add(refunded());
      }
      bodies.add(bodies.get(seed % bodies.size()));
      Collections.shuffle(bodies, new Random(seed));
      fireside.resetData();
      shop.fillCatalogue();
      bodies.forEach(body -> assertThat(shop.revenueCat(body).status()).isEqualTo(200));
      fireside.settle();
      assertThat(shop.balance(UNASSIGNED, "EUR")).as("seed %s", seed).isZero();
      assertThat(shop.balance(REVENUE, "EUR")).as("seed %s", seed).isEqualTo(back ? 0 : -NET);
      assertThat(shop.units(Shop.BOB, GEMS)).as("seed %s", seed).isEqualTo(back ? 0 : 2100);
      assertThat(waiting("")).isEmpty();
      assertThat(shop.proof().faults()).isEmpty();
    }
  }

  @Test
  void takesBackTheMoneyOfWhatIsRefundedBeforeAnybodyIsKnown() {
    shop.revenueCat(bought());
    shop.revenueCat(refunded());
    assertThat(shop.balance(UNASSIGNED, "EUR")).isZero();
    assertThat(shop.balance("store_receivable:app_store", "EUR")).isZero();
    assertThat(shop.balance("fees:app_store", "EUR")).isZero();
    assertThat(shop.journals()).isEqualTo(2);
  }

  @Test
  void assignsWhatWaitsToWhomAnAdminNames() {
    shop.revenueCat(bought());
    String id = waiting("").path(0).path("id").asText();
    String path = "/api/payments/waiting/" + encoded(id) + "/person";
    assertThat(boss().post(path, Map.of("uid", "no one")).status()).isEqualTo(400);
    assertThat(boss().post(path, Map.of("uid", "boss")).status()).isEqualTo(403);
    assertThat(boss().post("/api/payments/waiting/x/person", Map.of("uid", "x")).status())
        .isEqualTo(404);
    assertThat(
            fireside.http().as("mia", Role.MODERATOR).post(path, Map.of("uid", Shop.BOB)).status())
        .isEqualTo(403);
    assertThat(boss().post(path, Map.of("uid", "nobody")).status()).isEqualTo(404);
    assertThat(boss().post(path, Map.of("uid", "nobody")).errorFields()).containsExactly("uid");
    assertThat(boss().post(path, Map.of("uid", Shop.BOB)).status()).isEqualTo(200);
    fireside.settle();
    assertThat(shop.units(Shop.BOB, GEMS)).isEqualTo(2100);
    assertThat(shop.balance(REVENUE, "EUR")).isEqualTo(-NET);
    Reply journal = boss().get("/api/ledger/journals/" + encoded("decision:assign:" + id));
    assertThat(journal.body().path("memo").asText()).isEqualTo("assign by boss");
  }

  @Test
  void movesToAnotherPersonWhatWasAssignedWrongly() {
    shop.revenueCat(bought());
    shop.revenueCat(
        Shop.event(
            "initial_purchase",
            nobody(
                Map.of("id", "sub", "transaction_id", "sub", "original_transaction_id", "sub"))));
    String id = waiting("").path(0).path("id").asText();
    String path = "/api/payments/waiting/" + encoded(id) + "/person";
    assertThat(boss().post(path, Map.of("uid", Shop.BOB)).status()).isEqualTo(200);
    fireside.settle();
    assertThat(shop.accessUntil(Shop.BOB, "pro")).isPositive();
    long all = shop.units(Shop.BOB, GEMS);
    shop.spend(Shop.BOB, "GEM", 150);
    assertThat(boss().post(path, Map.of("uid", Shop.ALICE)).errorFields())
        .containsExactly("reason");
    for (int i = 0; i < 2; i++) {
      assertThat(
              boss()
                  .post(path, Map.of("uid", Shop.ALICE, "reason", "Bob wrote from her address"))
                  .status())
          .isEqualTo(200);
    }
    fireside.settle();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(all);
    assertThat(shop.units(Shop.BOB, GEMS)).isZero();
    assertThat(shop.debt(Shop.BOB, GEMS)).isEqualTo(150);
    assertThat(shop.balance(REVENUE, "EUR")).isEqualTo(-NET);
    assertThat(shop.accessUntil(Shop.BOB, "pro")).isZero();
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isPositive();
    assertThat(receipts(Shop.BOB)).isEmpty();
    assertThat(receipts(Shop.ALICE)).hasSize(2);
    assertThat(boss().get("/api/ledger/users/" + Shop.ALICE).body().toString())
        .contains("assign to " + Shop.ALICE + " from " + Shop.BOB + " by boss: Bob wrote");
    // A refund takes it from whom it is now.
    shop.revenueCat(refunded());
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(all - 2100);
    // What a provider said itself is nobody's to move.
    shop.deliver(
        "non_renewing_purchase",
        Map.of("id", "own", "transaction_id", "own", "original_transaction_id", "own"));
    assertThat(
            boss()
                .post(
                    "/api/payments/waiting/" + encoded("app_store:live:own") + "/person",
                    Map.of("uid", Shop.BOB, "reason", "x"))
                .status())
        .isEqualTo(409);
  }

  private JsonNode receipts(String uid) {
    return fireside.http().as(uid).get("/api/purchases").body().path("items");
  }

  @Test
  void pagesWhatWaitsFromTheOldestOn() {
    for (int i = 0; i < 5; i++) {
      shop.deliver(
          "non_renewing_purchase",
          Map.of(
              "id", "e" + i,
              "product_id", "com.example.new",
              "transaction_id", "t" + i,
              "original_transaction_id", "t" + i,
              "event_timestamp_ms", START + (i % 3) * 1_000L));
    }
    var seen = new ArrayList<String>();
    String cursor = "";
    do {
      JsonNode page = boss().get("/api/payments/waiting?limit=2" + cursor).body();
      page.path("items").forEach(item -> seen.add(item.path("purchase").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + encoded(page.path("nextCursor").asText()) : "";
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactly("t0", "t3", "t1", "t4", "t2");
  }

  @Test
  void takesTheReferenceOfAPaymentLinkForItsPerson() {
    var session = new HashMap<String, Object>();
    session.put("client_reference_id", Shop.BOB);
    session.put("metadata", Map.of("sku", "gems_500"));
    shop.deliverStripe(Shop.stripeEvent("checkout.session.completed", "evt_link", session), 200);
    assertThat(shop.units(Shop.BOB, GEMS)).isEqualTo(500);
  }

  @Test
  void booksWhatBeganToWaitBeforeItsMoneyWasBooked() {
    shop.revenueCat(bought());
    String path = "purchases/" + waiting("").path(0).path("id").asText();
    // As such a purchase was kept before, and nothing else.
    var kept = new HashMap<>(shop.document(path).orElseThrow().fields().values());
    kept.put("sales", List.of());
    kept.keySet().removeAll(List.of("waitingSince", "waitingFor", "unassigned"));
    fireside.resetData();
    shop.fillCatalogue();
    fireside.platform().documents().set(path, kept);
    assertThat(waiting("")).isEmpty();
    fireside.fire("payments-reconcile");
    fireside.fire("payments-reconcile");
    assertThat(waiting("").path(0).path("money").path("EUR").asLong()).isEqualTo(3299);
    assertThat(shop.balance(UNASSIGNED, "EUR")).isEqualTo(-NET);
  }

  @Test
  void answersWhatSomebodyBoughtAndWhatBecameOfIt() {
    shop.deliver("non_renewing_purchase");
    shop.deliver("cancellation_refund_consumable");
    TestHttp.Caller mod = fireside.http().as("mia", Role.MODERATOR);
    JsonNode receipts =
        mod.get("/api/payments/users/" + Shop.ALICE + "/purchases").body().path("items");
    assertThat(receipts).hasSize(1);
    assertThat(receipts.path(0).path("status").asText()).isEqualTo("refunded");
    assertThat(mod.get("/api/payments/users/" + Shop.BOB + "/purchases").body().path("items"))
        .isEmpty();

    String sale = "/api/ledger/sales/" + encoded(receipts.path(0).path("id").asText());
    var kinds = new ArrayList<String>();
    String cursor = "";
    do {
      JsonNode page = mod.get(sale + "?limit=1" + cursor).body();
      page.path("items").forEach(journal -> kinds.add(journal.path("kind").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + encoded(page.path("nextCursor").asText()) : "";
    } while (!cursor.isEmpty());
    assertThat(kinds).containsExactly("grant", "refund");
    assertThat(mod.get("/api/ledger/sales/nothing").body().path("items")).isEmpty();
  }

  @Test
  void listsTheCasesAboutAPerson() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.01));
    TestHttp.Caller mod = fireside.http().as("mia", Role.MODERATOR);
    assertThat(mod.get("/api/reviews?uid=" + Shop.ALICE).body().path("items")).hasSize(1);
    assertThat(mod.get("/api/reviews?uid=" + Shop.BOB).body().path("items")).isEmpty();
    assertThat(mod.get("/api/reviews?uid=a:b").status()).isEqualTo(400);
  }
}
