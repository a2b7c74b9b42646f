package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.store.Document;
import dev.fireside.stripe.ConnectNotice;
import dev.fireside.stripe.StripeStandIn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReconciliationIT {
  private static final String SCHEDULE = "payments-reconcile";
  private static final int PEOPLE = 18;
  private static final StripeStandIn STRIPE = new StripeStandIn();
  private static final RevenueCatStandIn REVENUECAT = new RevenueCatStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(settings()).topics(ConnectNotice.TOPIC);

  private final Shop shop = new Shop(fireside);
  // One time for all worlds that are compared.
  private long now;
  private Buyers buyers = new Buyers(shop, STRIPE, REVENUECAT, 0, List.of());
  private final List<Runnable> webhooks = new ArrayList<>();

  private static Map<String, String> settings() {
    var settings = new HashMap<>(Shop.settings(STRIPE, "sk_test_of_the_tests"));
    settings.put("REVENUECAT_API_KEY", "sk_that_comes_next,sk_of_the_tests");
    settings.put("REVENUECAT_API_BASE", REVENUECAT.base());
    settings.put("REVENUECAT_PROJECT", "proj1");
    return settings;
  }

  @BeforeEach
  void open() {
    fireside.resetData();
    STRIPE.reset();
    REVENUECAT.reset();
    REVENUECAT.product("prod_gems", "com.example.gems.2100");
    shop.fillCatalogue();
    now = now == 0 ? fireside.clock().instant().getEpochSecond() * 1_000 : now;
    buyers = new Buyers(shop, STRIPE, REVENUECAT, now, webhooks);
  }

  @AfterEach
  void booksAreInOrder() {
    fireside.settle();
    assertThat(shop.proof().faults()).isEmpty();
  }

  @AfterAll
  static void end() {
    STRIPE.close();
    REVENUECAT.close();
  }

  @Test
  void endsWhereItWouldHaveWithoutLossWhenFivePercentOfTheWebhooksAreLost() {
    live();
    webhooks.forEach(Runnable::run);
    Map<String, Object> expected = state();
    long journals = shop.journals();
    fireside.fire(SCHEDULE);
    assertThat(state()).isEqualTo(expected);
    assertThat(shop.journals()).isEqualTo(journals);

    for (long seed : new long[] {1, 2}) {
      open();
      live();
      Random random = new Random(seed);
      var lost = new ArrayList<Runnable>();
      for (Runnable webhook : webhooks) {
        // At least as many as one in twenty, and one of the first.
        if (random.nextInt(20) == 0 || lost.isEmpty()) {
          lost.add(webhook);
        } else {
          webhook.run();
        }
      }
      assertThat(state()).isNotEqualTo(expected);
      fireside.fire(SCHEDULE);
      assertThat(state()).as("seed %s", seed).isEqualTo(expected);
      // What comes late after all changes nothing.
      lost.forEach(Runnable::run);
      assertThat(state()).isEqualTo(expected);
      assertThat(shop.journals()).isEqualTo(journals);
    }
  }

  @Test
  void rebuildsEverythingWhenNoWebhookCame() {
    live();
    webhooks.forEach(Runnable::run);
    Map<String, Object> expected = state();
    open();
    live();
    fireside.fire(SCHEDULE);
    fireside.fire(SCHEDULE);
    assertThat(state()).isEqualTo(expected);
  }

  @Test
  void goesOnWhenRevenueCatLimitsIt() {
    buyers.consumable("ann", 0, false);
    REVENUECAT.limitNext(1);
    fireside.fire(SCHEDULE);
    assertThat(shop.units("ann", "coin:GEM")).isEqualTo(2100);
  }

  @Test
  void endsWhatGivesNoAccessAnyMore() {
    buyers.subscription("ann", 0, false, false);
    webhooks.forEach(Runnable::run);
    assertThat(shop.accessUntil("ann", "pro")).isGreaterThan(now);
    REVENUECAT.end("ann", now - 7_200_000);
    fireside.fire(SCHEDULE);
    assertThat(shop.accessUntil("ann", "pro")).isEqualTo(now - 7_200_000);
    var before = state();
    fireside.fire(SCHEDULE);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void findsWhoHasASubscriptionNow() {
    buyers.subscription("ann", 0, false, false);
    webhooks.forEach(Runnable::run);
    REVENUECAT.move("ann", "bob", "subscriptions");
    fireside.fire(SCHEDULE);
    assertThat(shop.accessUntil("ann", "pro")).isZero();
    assertThat(shop.accessUntil("bob", "pro")).isPositive();
    long journals = shop.journals();
    shop.deliver(
        "transfer",
        Map.of(
            "event_timestamp_ms",
            now,
            "transferred_from",
            List.of("ann"),
            "transferred_to",
            List.of("bob")));
    assertThat(shop.accessUntil("bob", "pro")).isPositive();
    assertThat(shop.journals()).isEqualTo(journals + 1);
  }

  @Test
  void leavesWhatAWebhookToldSince() {
    buyers.subscription("ann", 0, true, false);
    webhooks.forEach(Runnable::run);
    // RevenueCat's answer is some minutes old: renewal is on again since.
    shop.deliver(
        "uncancellation",
        buyers.changes("ann", "fresh", "sub0-1", "sub0-0", now - 60_000, Map.of()));
    Map<String, Object> before = state();
    fireside.fire(SCHEDULE);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void findsThePersonBehindAnAnonymousCustomer() {
    String anonymous = "$RCAnonymousID:0123456789abcdef";
    buyers.consumable(anonymous, 0, false);
    REVENUECAT.alias(anonymous, anonymous);
    REVENUECAT.alias(anonymous, "ann");
    fireside.fire(SCHEDULE);
    assertThat(shop.units("ann", "coin:GEM")).isEqualTo(2100);
  }

  @Test
  void readsCustomersWhoseNamesHoldSpacesAndSkipsThoseThatRevenueCatRefuses() {
    buyers.consumable("a poison", 0, false);
    buyers.consumable("ann", 1, false);
    REVENUECAT.alias("b b", "bob");
    buyers.consumable("b b", 2, false);
    REVENUECAT.breakCustomer("a poison");
    fireside.fire(SCHEDULE);
    assertThat(shop.units("ann", "coin:GEM")).isEqualTo(2100);
    assertThat(shop.units("bob", "coin:GEM")).isEqualTo(2100);
  }

  @Test
  void goesOnBehindAnEventThatFailsAndTriesItAgain() {
    buyers.stripe(
        "customer.subscription.updated",
        "evt_poison",
        buyers.days(-2),
        Map.of("id", "sub_poison", "metadata", Map.of("uid", "ann")));
    STRIPE.setBroken("/v1/subscriptions/sub_poison", true);
    buyers.session("bob", 1, false);
    fireside.fire(SCHEDULE);
    assertThat(shop.units("bob", "coin:GEM")).isEqualTo(500);
    buyers.session("cid", 2, false);
    fireside.fire(SCHEDULE);
    var noted = shop.document("reconciliation/stripe").orElseThrow().fields();
    assertThat(noted.texts("failed")).containsExactly("evt_poison");
    assertThat(noted.instant("watermark").orElseThrow())
        .isAfter(Instant.ofEpochMilli(buyers.days(-1)));
    STRIPE.setBroken("/v1/subscriptions/sub_poison", false);
    fireside.fire(SCHEDULE);
    assertThat(shop.document("reconciliation/stripe").orElseThrow().fields().texts("failed"))
        .isEmpty();
    assertThat(shop.document("purchases/stripe:live:sub_poison")).isPresent();
  }

  /// Everything that people buy, at the providers; and the webhooks that tell it.
  private void live() {
    webhooks.clear();
    for (int i = 0; i < PEOPLE; i++) {
      switch (i % 3) {
        case 0 -> buyers.subscription("user" + i, i, i % 2 == 0, i % 9 == 0);
        case 1 -> buyers.consumable("user" + i, i, i % 2 == 0);
        default -> buyers.session("user" + i, i, i % 2 == 0);
      }
    }
  }

  /// What people have, owe and may do, and every balance: not which event told it.
  private Map<String, Object> state() {
    fireside.settle();
    var state = new TreeMap<String, Object>();
    var documents = fireside.platform().documents();
    for (Document account : documents.list(documents.collection("accounts"))) {
      String name =
          account.fields().requiredText("book")
              + " "
              + account.fields().requiredText("account")
              + " "
              + account.fields().requiredText("asset");
      long balance = account.fields().number("balance");
      state.merge(name, balance, (one, other) -> (Long) one + (Long) other);
    }
    state.values().removeIf(Long.valueOf(0)::equals);
    for (int i = 0; i < PEOPLE; i++) {
      String uid = "user" + i;
      for (String collection : new String[] {"inventory", "purchases"}) {
        for (Document document :
            documents.list(documents.collection("users/" + uid + "/" + collection))) {
          var fields = new TreeMap<>(document.fields().values());
          // Two changes in one transaction are one revision.
          fields.keySet().removeAll(List.of("updatedAt", "revision"));
          state.put(document.path(), fields);
        }
      }
      String path = "entitlements/" + uid;
      documents
          .get(path)
          .ifPresent(found ->
              state.put(path, Json.mapper().valueToTree(found.fields().map("grantors").values())));
    }
    return state;
  }
}
