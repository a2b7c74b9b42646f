package dev.fireside.payments.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.economy.domain.CatalogueStatus;
import dev.fireside.economy.domain.Currency;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.ledger.Progress;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.Shop;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.revenuecat.ReceiveRevenueCat;
import dev.fireside.shared.store.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Purchases so long that they do not fit into one document.
class LongPurchaseIT {
  private static final long FIRST = 1_767_398_400_000L;
  private static final long MONTH = 30L * 24 * 3_600_000;
  private static final int EVENTS = 120;

  /// So few bytes that a purchase is kept in many parts.
  private static final int FEW = 3_000;

  private static final PurchaseKey KEY = new PurchaseKey("app_store", Book.LIVE, "long-1");

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("payments");

  /// Events of one subscription in a random order of a random life.
  private static List<Map<String, Object>> program(Random random) {
    var program = new ArrayList<Map<String, Object>>();
    int periods = 1;
    for (int i = 0; i < EVENTS; i++) {
      int period = i == 0 ? 0 : random.nextInt(periods);
      String type =
          i == 0
              ? "INITIAL_PURCHASE"
              : List.of(
                      "RENEWAL",
                      "RENEWAL",
                      "RENEWAL",
                      "CANCELLATION",
                      "REFUND",
                      "UNCANCELLATION",
                      "SUBSCRIPTION_PAUSED",
                      "EXPIRATION",
                      "BILLING_ISSUE",
                      "PRODUCT_CHANGE",
                      "SUBSCRIPTION_EXTENDED",
                      "PRICE_INCREASE_CONSENT_REQUIRED",
                      "PRICE_INCREASE_CONSENT_APPROVED",
                      "REFUND_REVERSED",
                      "TRANSFER")
                  .get(random.nextInt(15));
      if (type.equals("RENEWAL")) {
        period = periods++;
      }
      program.add(event(type, i, period, random));
    }
    // Late and twice, as they come.
    program
        .subList(1, EVENTS)
        .replaceAll(event -> random.nextInt(10) == 0 ? program.get(random.nextInt(EVENTS)) : event);
    return program;
  }

  private static Map<String, Object> event(String type, int number, int period, Random random) {
    var event = new HashMap<String, Object>();
    boolean refund = type.equals("REFUND");
    event.put("id", "event-" + number);
    event.put("type", refund ? "CANCELLATION" : type);
    if (type.equals("TRANSFER")) {
      boolean back = random.nextBoolean();
      event.put("transferred_from", List.of(back ? BOB : Shop.ALICE));
      event.put("transferred_to", List.of(back ? Shop.ALICE : BOB));
      event.put("event_timestamp_ms", FIRST + number * 3_600_000L);
      return event;
    }
    event.put("transaction_id", "long-" + (period + 1));
    event.put("original_transaction_id", "long-1");
    event.put("purchased_at_ms", FIRST + period * MONTH);
    event.put("expiration_at_ms", FIRST + (period + 1) * MONTH);
    event.put("event_timestamp_ms", FIRST + number * 3_600_000L);
    if (type.equals("CANCELLATION") || refund) {
      event.put("cancel_reason", refund ? "CUSTOMER_SUPPORT" : "UNSUBSCRIBE");
    }
    if (type.equals("SUBSCRIPTION_PAUSED")) {
      event.put("auto_resume_at_ms", FIRST + (period + 3) * MONTH);
    }
    if (type.equals("BILLING_ISSUE")) {
      event.put("grace_period_expiration_at_ms", FIRST + (period + 1) * MONTH + 86_400_000L);
    }
    if (type.equals("PRODUCT_CHANGE")) {
      event.put("new_product_id", "com.example.pro.yearly");
    }
    return event;
  }

  private static final String BOB = "uid_bob_9Xk4";

  private static void run(List<Map<String, Object>> program, PurchaseStore store) {
    var platform = fireside.platform();
    var apply = new ApplyFacts(platform, new Trusting(), Progress.UNHEARD, store);
    var receive = new ReceiveRevenueCat(platform, new TakeDelivery(platform, apply));
    for (Map<String, Object> event : program) {
      String name = event.containsKey("transferred_to") ? "transfer" : "renewal";
      String body = Shop.event(name, event);
      String id = String.valueOf(event.get("id"));
      apply.apply(
          receive.read(body).deliveredBy(new Delivery("revenuecat", id, "TYPE", "ann", body)));
    }
  }

  private static Map<String, Object> state(PurchaseStore store) {
    var documents = fireside.platform().documents();
    var state = new TreeMap<String, Object>();
    for (String collection :
        List.of(
            "accounts",
            "transactions",
            "entitlements",
            "customers",
            "reviews",
            "users/" + Shop.ALICE + "/purchases",
            "users/" + BOB + "/purchases",
            "users/" + Shop.ALICE + "/inventory")) {
      for (Document document : documents.list(documents.collection(collection))) {
        var fields = new TreeMap<>(document.fields().values());
        fields
            .keySet()
            .removeAll(Set.of("updatedAt", "recordedAt", "createdAt", "deadline", "revision"));
        state.put(document.path(), fields);
      }
    }
    Purchase purchase = store.find(List.of(KEY)).get(KEY);
    assertThat(purchase).isNotNull();
    // Addresses are kept as hashes by a key of the world.
    state.put("facts", purchase.facts().without(Fact.Mailed.class).list().toString());
    state.put("sales", purchase.sales().toString());
    state.put("owner", String.valueOf(purchase.owner()));
    assertThat(new LedgerStore(documents).prove().faults()).isEmpty();
    return state;
  }

  @Test
  void standsWhereItWouldInOneDocument() {
    var documents = fireside.platform().documents();
    for (long seed : new long[] {1, 2}) {
      List<Map<String, Object>> program = program(new Random(seed));
      prepare();
      var whole = new PurchaseStore(documents);
      run(program, whole);
      Map<String, Object> expected = state(whole);
      assertThat(parts()).isZero();

      prepare();
      var split = new PurchaseStore(documents, FEW);
      run(program, split);
      assertThat(parts()).isGreaterThan(3);
      Shop.assertSame(state(split), expected);
      // Whoever keeps more in a document reads it as well.
      Shop.assertSame(state(whole), expected);
    }
  }

  @Test
  void appliesARefundAfterThreeThousandChanges() {
    prepare();
    var store = new PurchaseStore(fireside.platform().documents());
    var apply = new ApplyFacts(fireside.platform(), new Trusting());
    Map<String, Object> bought = event("INITIAL_PURCHASE", 0, 0, new Random(0));
    run(List.of(bought), store);
    var changes = new ArrayList<Fact>();
    for (int i = 1; i <= 3_000; i++) {
      long at = FIRST + i;
      changes.add(new Fact.Renewing("toggle-" + i, at, i % 2 == 0));
      changes.add(new Fact.Changing("change-" + i, at, "com.example.pro.yearly"));
      changes.add(new Fact.Grace("grace-" + i, at, at, at + 1));
    }
    apply.apply(Work.of(KEY, changes));
    assertThat(parts()).isPositive();
    run(List.of(event("REFUND", 1, 0, new Random(0))), store);
    Purchase purchase = store.find(List.of(KEY)).get(KEY);
    assertThat(purchase.facts().list()).hasSizeGreaterThan(6_000);
    assertThat(purchase.sales().values())
        .singleElement()
        .satisfies(sale -> assertThat(sale.status()).isEqualTo("refunded"));
    assertThat(state(store)).isNotEmpty();
  }

  private static long parts() {
    return fireside
        .platform()
        .documents()
        .get("purchases/" + KEY.name())
        .map(document -> document.fields().number("parts"))
        .orElse(0L);
  }

  private static void prepare() {
    fireside.resetData();
    new Catalogue(fireside.platform())
        .put(
            new Currency(
                new CurrencyCode("GEM"), "Gems", 1_000_000, false, CatalogueStatus.ACTIVE));
    new CatalogueStore(fireside.platform().documents())
        .put(
            new Product(
                "pro",
                List.of("com.example.pro.monthly", "com.example.pro.yearly"),
                List.of("pro"),
                Map.of(new Asset("coin:GEM"), 50L),
                Map.of(),
                null,
                null,
                false),
            Instant.EPOCH);
  }
}
