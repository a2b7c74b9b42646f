package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.ledger.Stored;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.checkout.store.OrderStore;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The documents that a life of purchases leaves are those it left before: people's data outlives
/// the code that wrote it, and the hashes of the ledger cover its very letters.
class StoredPurchasesIT {
  private static final String FILE = "purchases";
  private static final String ROOT =
      "734e005059734f1be56d6ada77c85d1445698aefc918a3fdfa11f122f51d261e";

  /// What was left before money of what waits was booked, and tax of stores that pay it was not.
  private static final String FIRST = "purchases-1";

  private static final String FIRST_ROOT =
      "546b3ef69b3385c31cd423b9e621e7638dfcf8f2e297448900bdd5ff438a9c3c";

  /// As it was before purchases could be found by their names.
  private static final String SECOND = "purchases-2";

  /// As it was before sales had a country and journals labels.
  private static final String THIRD = "purchases-3";

  private static final String THIRD_ROOT =
      "be6f6ef0bc234f2be6c269c0d3c07da31df9835505b7356ec5df560b17651dc7";

  /// As it was before cases of fraud warnings knew their person.
  private static final String FOURTH = "purchases-4";

  private static final String FOURTH_ROOT =
      "c52ceaff20307573dce7dcdf993a3b29b10dae16efe432383abea636f67f6e36";

  /// As it was when decisions were booked five minutes ahead, and refunds named no product.
  private static final String FIFTH = "purchases-5";

  private static final String FIFTH_ROOT =
      "c1d69a52cb8d6df88349c494100872724438b0ac69b11cf6e4b32bab05acdad4";

  /// Fields that documents have had since the second, and since the first.
  private static final Set<String> NAMES = Set.of("names", "mails", "people");

  private static final Set<String> ADDED = Set.of("waitingSince", "waitingFor", "unassigned");

  private static final Instant NOW = Instant.parse("2026-01-20T12:00:00Z");
  private static final Set<String> ANOTHER_EACH_TIME = Set.of("body");
  private static final String[] COLLECTIONS = {
    "accounts",
    "transactions",
    "purchases",
    "customers",
    "entitlements",
    "webhooks",
    "reviews",
    "catalogue",
    "orders",
    "stripeCustomers",
    "users/" + Shop.ALICE + "/purchases",
    "users/" + Shop.BOB + "/purchases",
    "users/" + Shop.ALICE + "/inventory",
    "notifications/" + Shop.ALICE + "/items",
    "notifications/" + Shop.BOB + "/items"
  };

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(settings());

  private final Shop shop = new Shop(fireside);
  private final Desk desk = new Desk(fireside);

  private static Map<String, String> settings() {
    var settings = new HashMap<>(Shop.SETTINGS);
    settings.put("REVENUECAT_VIRTUAL_CURRENCY", "source");
    return settings;
  }

  @BeforeEach
  void begin() {
    fireside.resetData();
    fireside.clock().stopAt(NOW);
  }

  @Test
  void writesWhatItWroteBefore() {
    live();
    Stored.assertAsIn(FILE, kept());
    assertThat(new LedgerStore(documents()).prove().root()).isEqualTo(ROOT);
  }

  @Test
  void readsWhatItWroteBefore() {
    read(FILE, ROOT);
    Stored.assertAsIn(FILE, kept());
  }

  @Test
  void readsWhatItWroteFifth() {
    read(FIFTH, FIFTH_ROOT);
    Stored.assertAsIn(FIFTH, kept());
  }

  @Test
  void readsWhatItWroteFourth() {
    read(FOURTH, FOURTH_ROOT);
    Stored.assertAsIn(FOURTH, kept());
  }

  @Test
  void readsWhatItWroteThird() {
    read(THIRD, THIRD_ROOT);
    Stored.assertAsIn(THIRD, kept());
  }

  @Test
  void readsWhatItWroteSecond() {
    read(SECOND, THIRD_ROOT);
    Map<String, Map<String, Object>> kept = kept();
    leaveOut(kept, NAMES);
    Stored.assertAsIn(SECOND, kept);
  }

  @Test
  void readsWhatItWroteFirst() {
    read(FIRST, FIRST_ROOT);
    Map<String, Map<String, Object>> kept = kept();
    leaveOut(kept, NAMES);
    leaveOut(kept, ADDED);
    Stored.assertAsIn(FIRST, kept);
  }

  private static void leaveOut(Map<String, Map<String, Object>> kept, Set<String> names) {
    kept.forEach((path, fields) -> {
      if (path.startsWith("purchases/")) {
        fields.keySet().removeAll(names);
      }
    });
  }

  /// Reads all that a file holds, and writes it again as it was read.
  private void read(String file, String root) {
    Map<String, Map<String, Object>> before = Stored.file(file);
    before.forEach((path, fields) -> documents().set(path, fields));
    var ledger = new LedgerStore(documents());
    assertThat(ledger.prove().faults()).isEmpty();
    assertThat(ledger.prove().root()).isEqualTo(root);
    var purchases = new PurchaseStore(documents());
    var reviews = new ReviewStore();
    before.forEach((path, fields) -> {
      String id = path.substring(path.indexOf('/') + 1);
      if (path.startsWith("purchases/")) {
        var key = key(fields);
        documents()
            .transact(transaction -> {
              purchases.put(transaction, purchases.get(transaction, key), at(fields, "updatedAt"));
              return true;
            });
      } else if (path.startsWith("reviews/")) {
        documents()
            .transact(transaction -> {
              reviews.put(
                  transaction,
                  reviews.find(transaction, id).orElseThrow(),
                  at(fields, "updatedAt"));
              return true;
            });
      } else if (path.startsWith("transactions/")) {
        var written = ledger.find(id).orElseThrow();
        documents().delete(path);
        documents()
            .transact(transaction -> {
              ledger.create(
                  transaction, written.journal(), written.entries(), at(fields, "recordedAt"));
              return true;
            });
      }
    });
  }

  private static PurchaseKey key(Map<String, Object> fields) {
    return new PurchaseKey(
        String.valueOf(fields.get("store")),
        Book.of(String.valueOf(fields.get("book"))),
        String.valueOf(fields.get("id")));
  }

  private static Instant at(Map<String, Object> fields, String name) {
    return (Instant) fields.get(name);
  }

  private static Documents documents() {
    return fireside.platform().documents();
  }

  /// All documents, without the keyed hashes of addresses, whose key is another each time.
  private static Map<String, Map<String, Object>> kept() {
    Map<String, Map<String, Object>> kept =
        Stored.read(documents(), ANOTHER_EACH_TIME, COLLECTIONS);
    kept.values()
        .forEach(fields -> {
          fields.computeIfPresent("mails", (_, _) -> List.of());
          if (fields.get("facts") instanceof List<?> facts) {
            fields.put("facts", facts.stream().filter(fact -> !isMail(fact)).toList());
          }
        });
    return kept;
  }

  private static boolean isMail(Object fact) {
    return fact instanceof Map<?, ?> map && "mailed".equals(map.get("kind"));
  }

  /// Purchases at all stores, with every kind of trouble.
  private void live() {
    shop.fillCatalogue();
    for (String event :
        List.of(
            "initial_purchase",
            "non_renewing_purchase",
            "renewal",
            "billing_issue",
            "cancellation_unsubscribe",
            "uncancellation",
            "product_change")) {
      shop.deliver(event);
    }
    shop.spend(Shop.ALICE, "GEM", 1_500);
    for (String event :
        List.of(
            "cancellation_refund_consumable",
            "refund_reversed",
            "virtual_currency_transaction",
            "sandbox_non_renewing_purchase",
            "unknown_product",
            "transfer",
            "expiration")) {
      shop.deliver(event);
    }
    new OrderStore(documents(), fireside.clock())
        .open("order_1", new Uid(Shop.ALICE), "gems_500", new Money(499, "USD"));
    shop.deliverStripe(
        Shop.stripeEvent("invoice.paid", "evt_invoice", Map.of("payment_intent", "pi_invoice")),
        200);
    for (String event :
        List.of(
            "checkout.session.completed.unpaid",
            "checkout.session.async_payment_succeeded",
            "customer.subscription.created",
            "customer.subscription.updated",
            "checkout.session.completed",
            "charge.refunded.partial",
            "charge.dispute.created",
            "invoice.payment_failed")) {
      shop.deliverStripe(event);
    }
    warn("evt_warning", "pi_invoice");
    decide("evt_warning", "grant", "max", "mia");
    for (String id : List.of("evt_claimed", "evt_proposed", "evt_denied", "evt_refunded")) {
      warn(id, "pi_of_" + id);
    }
    desk.claim("max", doubt("evt_claimed"));
    decide("evt_proposed", "deny", "max");
    decide("evt_denied", "deny", "max", "mia");
    decide("evt_refunded", "refund", "max", "mia");
    shop.deliverStripe("charge.dispute.closed");
    shop.deliverStripe("refund.failed");
    shop.deliverStripe("customer.subscription.deleted");
    warn("evt_other", "pi_other");
    fireside.settle();
  }

  private void warn(String id, String payment) {
    shop.deliverStripe(
        Shop.stripeEvent("charge.refunded", id, Map.of("id", id, "payment_intent", payment))
            .replace("\"charge.refunded\"", "\"radar.early_fraud_warning.created\""),
        200);
  }

  private JsonNode doubt(String warning) {
    for (JsonNode doubt : desk.cases("open")) {
      if (doubt.path("id").asText().endsWith(":" + warning)) {
        return doubt;
      }
    }
    throw new AssertionError(warning);
  }

  private void decide(String warning, String decision, String... who) {
    JsonNode doubt = doubt(warning);
    for (String person : who) {
      desk.claim(person, doubt);
      desk.decide(person, doubt, decision);
    }
  }
}
