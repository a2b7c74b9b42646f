package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.config.Environment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevenueCatIT {
  private static final String GEMS = "coin:GEM";
  private static final long MONTH_1 = 1769904000000L;
  private static final long MONTH_2 = 1772582400000L;

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
    fireside.settle();
    assertThat(shop.proof().faults()).isEmpty();
  }

  @Test
  void grantsAPurchaseOnceInOneStroke() {
    shop.deliver("non_renewing_purchase");

    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    assertThat(shop.units(Shop.ALICE, "chest")).isEqualTo(3);
    assertThat(shop.journals()).isEqualTo(1);
    // 32.99 EUR, of which 25.21 % is the store's and 15.97 % tax.
    assertThat(shop.balance("fees:app_store", "EUR")).isEqualTo(832);
    assertThat(shop.balance("tax:app_store", "EUR")).isZero();
    assertThat(shop.balance("revenue:gems_2100", "EUR")).isEqualTo(-(3299 - 527));
    assertThat(shop.balance("store_receivable:app_store", "EUR")).isEqualTo(3299 - 832 - 527);
    Reply receipts = fireside.http().as(Shop.ALICE).get("/api/purchases");
    assertThat(receipts.body().path("items")).hasSize(1);
    assertThat(receipts.body().path("items").path(0).path("status").asText()).isEqualTo("granted");
    assertThat(receipts.body().path("items").path(0).path("amount").asLong()).isEqualTo(3299);
  }

  @Test
  void doesNothingAgainForTheSameEventHundredTimesInARow() {
    for (int i = 0; i < 100; i++) {
      shop.deliver("non_renewing_purchase");
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    assertThat(shop.journals()).isEqualTo(1);
  }

  @Test
  void doesNothingAgainForTheSameEventFiftyTimesAtOnce() throws Exception {
    List<Callable<Integer>> calls =
        Collections.nCopies(
            50, () -> shop.revenueCat(Shop.event("non_renewing_purchase", Map.of())).status());
    try (var threads = Executors.newFixedThreadPool(50)) {
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    assertThat(shop.journals()).isEqualTo(1);
  }

  @Test
  void doesNothingAgainForAnotherEventOfTheSameTransaction() throws Exception {
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String body = Shop.event("non_renewing_purchase", Map.of("id", "other-" + i));
      calls.add(() -> shop.revenueCat(body).status());
    }
    try (var threads = Executors.newFixedThreadPool(20)) {
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    assertThat(shop.journals()).isEqualTo(1);
  }

  /// They all write to the person's documents: one by one they cost what they cost alone.
  @Test
  void takesManyPurchasesOfOnePersonAtOnceForNoMoreCallsThanOneByOne() {
    shop.deliver("non_renewing_purchase", numbered(0));
    fireside.settle();
    long before = fireside.counts().reads();
    shop.deliver("non_renewing_purchase", numbered(1));
    fireside.settle();
    long alone = fireside.counts().reads() - before;

    int crowd = 24;
    before = fireside.counts().reads();
    assertThat(
            Calls.atOnce(
                crowd, i -> shop.revenueCat(Shop.event("non_renewing_purchase", numbered(i + 2)))))
        .extracting(Reply::status)
        .containsOnly(200);
    fireside.settle();
    assertThat(fireside.counts().reads() - before).isLessThanOrEqualTo(crowd * alone);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(26 * 2100);
    assertThat(shop.journals()).isEqualTo(26);
  }

  /// A purchase of its own, an hour after the one of the number before.
  private static Map<String, Object> numbered(int number) {
    return Map.of(
        "id", "event-" + number,
        "transaction_id", "t-" + number,
        "original_transaction_id", "t-" + number,
        "event_timestamp_ms", 1767398403000L + number * 3_600_000L);
  }

  @Test
  void takesNothingFromAnEventThatComesAgainWithAnotherBody() {
    shop.deliver("non_renewing_purchase");
    Reply reply =
        shop.revenueCat(Shop.event("non_renewing_purchase", Map.of("transaction_id", "forged")));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("outcome").asText()).isEqualTo("tampered");
    assertThat(shop.journals()).isEqualTo(1);
  }

  @Test
  void followsASubscriptionThroughItsLife() {
    shop.deliver("initial_purchase");
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(MONTH_1);
    shop.deliver("renewal");
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(MONTH_2);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(200);
    shop.deliver("cancellation_unsubscribe");
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(MONTH_2);
    shop.deliver("uncancellation");
    shop.deliver("billing_issue");
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(1773964800000L);
    shop.deliver("expiration");
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(MONTH_2);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(200);
    assertThat(shop.journals()).isEqualTo(2);
  }

  @Test
  void endsAnyPermutationOfALifeWhereTheInOrderRunEnds() {
    var life = new ArrayList<>(life());
    Random random = new Random(4);
    life.forEach(body -> assertThat(shop.revenueCat(body).status()).isEqualTo(200));
    fireside.settle();
    Map<String, Object> expected = shop.state(Shop.ALICE, Shop.BOB);
    for (int round = 0; round < 8; round++) {
      var shuffled = new ArrayList<>(life);
      for (int i = 0; i < 5; i++) {
        shuffled.add(life.get(random.nextInt(life.size())));
      }
      Collections.shuffle(shuffled, random);
      fireside.resetData();
      shop.fillCatalogue();
      shuffled.forEach(body -> assertThat(shop.revenueCat(body).status()).isEqualTo(200));
      fireside.settle();
      assertThat(shop.proof().faults()).isEmpty();
      Shop.assertSame(shop.state(Shop.ALICE, Shop.BOB), expected);
    }
  }

  private static List<String> life() {
    String refund =
        Shop.event(
            "cancellation_refund_consumable",
            Map.of(
                "id", "refund-renewal",
                "product_id", "com.example.pro.monthly",
                "transaction_id", "2000000900000002",
                "original_transaction_id", "2000000900000001",
                "purchased_at_ms", MONTH_1,
                "expiration_at_ms", MONTH_1 + 1,
                "event_timestamp_ms", 1771200000000L));
    return List.of(
        Shop.event("initial_purchase", Map.of()),
        Shop.event("non_renewing_purchase", Map.of()),
        Shop.event("cancellation_refund_consumable", Map.of()),
        Shop.event("transfer", Map.of("event_timestamp_ms", 1768521600000L)),
        Shop.event(
            "transfer",
            Map.of(
                "id",
                "transfer-back",
                "event_timestamp_ms",
                1768521700000L,
                "transferred_from",
                List.of(Shop.BOB),
                "transferred_to",
                List.of(Shop.ALICE))),
        Shop.event("renewal", Map.of()),
        Shop.event("cancellation_unsubscribe", Map.of()),
        Shop.event("uncancellation", Map.of()),
        refund,
        Shop.event("refund_reversed", Map.of()),
        Shop.event("product_change", Map.of()),
        Shop.event("billing_issue", Map.of()),
        Shop.event("transfer", Map.of("id", "transfer-last", "event_timestamp_ms", 1772582500000L)),
        Shop.event("expiration", Map.of()));
  }

  @Test
  void refundsBeforeTheGrantToNothing() {
    shop.deliver("cancellation_refund_consumable");
    assertThat(shop.journals()).isZero();
    shop.deliver("non_renewing_purchase");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.debt(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("store_receivable:app_store", "EUR")).isZero();
    assertThat(shop.journals()).isEqualTo(2);
  }

  @Test
  void refundsOnceHoweverOftenItIsTold() {
    shop.deliver("non_renewing_purchase");
    shop.deliver("cancellation_refund_consumable");
    shop.deliver(
        "cancellation_refund_consumable",
        Map.of("id", "again", "event_timestamp_ms", 1768003300000L));
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.debt(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.journals()).isEqualTo(2);
  }

  @Test
  void leavesADebtWhereWhatIsRefundedWasSpent() {
    shop.deliver("non_renewing_purchase");
    shop.spend(Shop.ALICE, "GEM", 2000);

    shop.deliver("cancellation_refund_consumable");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.debt(Shop.ALICE, GEMS)).isEqualTo(2000);
    assertThat(shop.balance("user_debt:" + Shop.ALICE, GEMS)).isEqualTo(-2000);

    shop.deliver(
        "non_renewing_purchase",
        Map.of("id", "next", "transaction_id", "t2", "original_transaction_id", "t2"));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    assertThat(shop.debt(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("user_debt:" + Shop.ALICE, GEMS)).isZero();
  }

  @Test
  void takesATransactionForOneThoughItsTimeIsStatedOtherwise() {
    shop.deliver("non_renewing_purchase");
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "id",
            "to-bob",
            "app_user_id",
            Shop.BOB,
            "original_app_user_id",
            Shop.BOB,
            "aliases",
            List.of(),
            "purchased_at_ms",
            1767398400001L));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    assertThat(shop.units(Shop.BOB, GEMS)).isZero();
    assertThat(new Desk(fireside).onlyCase().path("reason").asText()).isEqualTo("receipt_sharing");
    shop.deliver("cancellation_refund_consumable", Map.of("purchased_at_ms", 1767398401000L));
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.balance("store_receivable:app_store", "EUR")).isZero();
    shop.deliver("initial_purchase");
    shop.deliver("initial_purchase", Map.of("id", "twice", "purchased_at_ms", 1767225601000L));
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    shop.deliver("renewal");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(200);
  }

  @Test
  void booksARenewalThatIsForAnotherProductUnderTheSameTransaction() {
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 9.99));
    for (String id : List.of("other", "other-again")) {
      shop.deliver(
          "initial_purchase",
          Map.of(
              "id",
              id,
              "type",
              "RENEWAL",
              "product_id",
              "com.example.gems.2100",
              "event_timestamp_ms",
              1767225609000L,
              "price_in_purchased_currency",
              5));
    }
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100 + 2100);
    assertThat(shop.balance("revenue:gems_2100", "EUR")).isNegative();
    assertThat(shop.journals()).isEqualTo(2);
  }

  @Test
  void endsWhatAnImmediateChangeOfProductReplaces() {
    shop.put("basic", "{\"names\": [\"com.example.basic\"], \"entitlements\": [\"basic\"]}");
    long now = 1768000000000L;
    shop.deliver("initial_purchase");
    Map<String, Object> change =
        Map.of(
            "transaction_id",
            "2000000900000001",
            "purchased_at_ms",
            1767225600000L,
            "new_product_id",
            "com.example.basic",
            "expiration_at_ms",
            now,
            "event_timestamp_ms",
            now);
    Map<String, Object> renewal =
        Map.of(
            "product_id",
            "com.example.basic",
            "purchased_at_ms",
            now,
            "event_timestamp_ms",
            now + 1_000,
            "expiration_at_ms",
            now + 2_592_000_000L);
    shop.deliver("product_change", change);
    shop.deliver("renewal", renewal);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(now);
    assertThat(shop.accessUntil(Shop.ALICE, "basic")).isEqualTo(now + 2_592_000_000L);
    // One that comes with the next period leaves the present one.
    fireside.resetData();
    shop.fillCatalogue();
    shop.deliver("initial_purchase");
    shop.deliver("product_change", Map.of("event_timestamp_ms", now, "expiration_at_ms", MONTH_1));
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(MONTH_1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1000, -1000})
  void endsATemporaryGrantWithItsTransaction(long apart) {
    long start = 1767225600000L;
    Map<String, Object> grant =
        Map.of(
            "id", "temporary",
            "type", "TEMPORARY_ENTITLEMENT_GRANT",
            "expiration_at_ms", start + 86_400_000);
    shop.deliver("initial_purchase", grant);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(start + 86_400_000);
    shop.deliver(
        "expiration",
        Map.of(
            "transaction_id",
            "2000000900000001",
            "original_transaction_id",
            "2000000900000001",
            "purchased_at_ms",
            start + apart,
            "expiration_at_ms",
            start + 3_600_000,
            "event_timestamp_ms",
            start + 3_600_000));
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(start + 3_600_000);
    shop.deliver("initial_purchase");
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
  }

  @Test
  void keepsAnUnknownProductAndGrantsItOnceTheCatalogueLearnsIt() {
    shop.deliver("unknown_product");
    assertThat(shop.journals()).isEqualTo(1);
    String product =
        """
        {"names": ["com.example.not.in.catalogue"], "items": [{"id": "cape", "quantity": 1}]}
        """;
    shop.put("cape", product);
    shop.put("cape", product);
    fireside.settle();
    assertThat(shop.units(Shop.ALICE, "cape")).isEqualTo(1);
    assertThat(shop.journals()).isEqualTo(2);
  }

  @Test
  void givesAccessByGrantsWhoseProductsNoCatalogueHas() {
    long end = fireside.clock().instant().toEpochMilli() + 3_600_000;
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "store",
            "PROMOTIONAL",
            "period_type",
            "PROMOTIONAL",
            "product_id",
            "rc_promo_DealUp AI Pro_daily",
            "entitlement_ids",
            List.of("DealUp AI Pro"),
            "price",
            0,
            "price_in_purchased_currency",
            0,
            "expiration_at_ms",
            end));
    assertThat(shop.accessUntil(Shop.ALICE, "DealUp AI Pro")).isEqualTo(end);
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "id",
            "temporary",
            "type",
            "TEMPORARY_ENTITLEMENT_GRANT",
            "entitlement_ids",
            List.of("gold"),
            "product_id",
            "com.example.gold",
            "event_timestamp_ms",
            end - 3_600_000,
            "expiration_at_ms",
            end));
    assertThat(shop.accessUntil(Shop.ALICE, "gold")).isEqualTo(end);
    assertThat(shop.journals()).isZero();
    shop.put(
        "deal", "{\"names\": [\"rc_promo_DealUp AI Pro_daily\"], \"entitlements\": [\"deal\"]}");
    fireside.settle();
    assertThat(shop.accessUntil(Shop.ALICE, "deal")).isEqualTo(end);
  }

  @Test
  void keepsTheSandboxApart() {
    shop.deliver("sandbox_non_renewing_purchase");
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.document("users/" + Shop.ALICE + "/inventory/_head")).isEmpty();
    assertThat(
            new LedgerStore(fireside.platform().documents())
                .balances(Book.SANDBOX, "user_inventory:" + Shop.ALICE))
        .containsEntry(GEMS, 2100L);
    assertThat(shop.balance("store_receivable:app_store", "EUR")).isZero();
    assertThat(fireside.http().as(Shop.ALICE).get("/api/purchases").body().path("items")).isEmpty();
    assertThat(
            fireside.http().as(Shop.ALICE).get("/api/purchases?book=sandbox").body().path("items"))
        .hasSize(1);
  }

  @Test
  void takesABodyOfExactly256KiB() {
    String body = Shop.event("non_renewing_purchase", Map.of());
    String largest = " ".repeat(256 * 1024 - body.length()) + body;
    assertThat(shop.revenueCat(largest).status()).isEqualTo(200);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
  }

  @Test
  void countsCurrenciesWithoutAndWithThreeDecimals() {
    buy("yen", "JPY", "1200.0");
    buy("dinar", "KWD", "3.125");
    buy("half", "EUR", "0.125");
    assertThat(sum("JPY")).isEqualTo(1_200);
    assertThat(sum("KWD")).isEqualTo(3_125);
    assertThat(sum("EUR")).isEqualTo(12);
  }

  /// What customers paid in a currency: what the store owes us and what it keeps.
  private long sum(String currency) {
    return shop.balance("store_receivable:app_store", currency)
        + shop.balance("fees:app_store", currency);
  }

  private void buy(String transaction, String currency, String price) {
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "id",
            "buy-" + transaction,
            "transaction_id",
            transaction,
            "original_transaction_id",
            transaction,
            "currency",
            currency,
            "tax_percentage",
            0,
            "price_in_purchased_currency",
            new BigDecimal(price)));
  }

  @Test
  void keepsWhatStatesMoreThanItsPriceAsFeeAndTax() {
    List<Map<String, Object>> wrong =
        List.of(
            Map.of("tax_percentage", 2.0),
            Map.of("commission_percentage", 1.01, "tax_percentage", 0),
            Map.of("commission_percentage", 0.6, "tax_percentage", 0.5),
            Map.of("tax_percentage", -0.1));
    for (int i = 0; i < wrong.size(); i++) {
      var changes = new HashMap<String, Object>(wrong.get(i));
      changes.put("id", "wrong-" + i);
      Reply reply = shop.revenueCat(Shop.event("non_renewing_purchase", changes));
      assertThat(reply.errorFields()).as("%s", changes).hasSize(1);
      assertThat(shop.document("webhooks/revenuecat:wrong-" + i))
          .hasValueSatisfying(
              row -> assertThat(row.fields().requiredText("outcome")).isEqualTo("refused"));
    }
    assertThat(shop.journals()).isZero();
  }

  /// Who paid gets what they paid for, wherever they live.
  @Test
  void booksWithoutACountryWhereItIsNone() {
    shop.deliver("non_renewing_purchase", Map.of("country_code", "Germany"));
    assertThat(shop.journals()).isOne();
    assertThat(fireside.http().as("boss", Role.ADMIN).get("/api/ledger/journals").body().toString())
        .doesNotContain("Germany");
  }

  @Test
  void tellsThePersonOfEachJournalOnce() {
    shop.deliver("non_renewing_purchase");
    shop.deliver("non_renewing_purchase");
    shop.deliver("cancellation_refund_consumable");
    var documents = fireside.platform().documents();
    assertThat(documents.list(documents.collection("notifications/" + Shop.ALICE + "/items")))
        .extracting(item -> item.fields().requiredText("kind"))
        .containsExactlyInAnyOrder("purchase", "refund");
  }

  @Test
  void storesTestsAndUnknownTypesWithoutEffect() {
    shop.deliver("test");
    shop.deliver("initial_purchase", Map.of("type", "SOMETHING_NEW", "id", "new"));
    shop.deliver("virtual_currency_transaction");
    shop.deliver("initial_purchase", Map.of("type", "PAYWALL_IMPRESSION", "id", "noise"));
    assertThat(shop.journals()).isZero();
    assertThat(shop.document("webhooks/revenuecat:new")).isPresent();
    assertThat(shop.document("webhooks/revenuecat:noise")).isEmpty();
    assertThat(shop.units("rc_test_user", GEMS)).isZero();
  }

  @Test
  void deniesSandboxPurchasesInProductionButToTesters() {
    Config config = fireside.platform().config();
    var settings = new HashMap<>(config.settings());
    settings.put("PAYMENTS_SANDBOX_TESTERS", Shop.BOB);
    settings.put("PAYMENTS_KEYS", "test:" + "A".repeat(43) + "=");
    var production =
        new Config(
            config.projectId(),
            Environment.PRODUCTION,
            config.service(),
            config.redis(),
            config.redisCluster(),
            config.redisKeyPrefix(),
            config.firestoreEmulator(),
            config.pubsubEmulator(),
            config.authEmulator(),
            config.realtimeDatabases(),
            config.cursorSecrets(),
            config.corsOrigins(),
            config.adminNetworks(),
            config.adminSecondFactor(),
            config.trustedProxyHops(),
            config.load(),
            settings);
    try (var platform = new Platform(production, fireside.clock())) {
      var apply = new ApplyFacts(fireside.platform(), new AssessFraud(platform));
      for (String who : List.of(Shop.ALICE, Shop.BOB)) {
        var sold =
            new Fact.Sold(
                "e", 1_000, who, who, 1_000, "com.example.pro.monthly", 1, null, 0, 0, 2_000L);
        var key = new PurchaseKey("app_store", Book.SANDBOX, who);
        apply.apply(Work.of(key, List.of(sold, new Fact.Held("e", 1_000, who))));
      }
    }
    assertThat(new Desk(fireside).onlyCase().path("reason").asText())
        .isEqualTo("sandbox_in_production");
    assertThat(sandboxStatus(Shop.ALICE)).isEqualTo("denied");
    assertThat(sandboxStatus(Shop.BOB)).isEqualTo("granted");
  }

  private static String sandboxStatus(String who) {
    return fireside
        .http()
        .as(who)
        .get("/api/purchases?book=sandbox")
        .body()
        .path("items")
        .path(0)
        .path("status")
        .asText();
  }
}
