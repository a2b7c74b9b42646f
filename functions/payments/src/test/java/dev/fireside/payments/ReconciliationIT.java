package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.store.Document;
import java.time.Duration;
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
  static final FiresideExtension fireside = FiresideExtension.create().with(settings());

  private final Shop shop = new Shop(fireside);
  // One time for all worlds that are compared.
  private long now;
  private final List<Runnable> webhooks = new ArrayList<>();

  private static Map<String, String> settings() {
    var settings = new HashMap<>(Shop.SETTINGS);
    settings.put("STRIPE_API_KEY", "sk_test_of_the_tests");
    settings.put("STRIPE_API_BASE", STRIPE.base());
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
    consumable("ann", 0, false);
    REVENUECAT.limitNext(1);
    fireside.fire(SCHEDULE);
    assertThat(shop.units("ann", "coin:GEM")).isEqualTo(2100);
  }

  @Test
  void findsWhoHasASubscriptionNow() {
    subscription("ann", 0, false, false);
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
    subscription("ann", 0, true, false);
    webhooks.forEach(Runnable::run);
    // RevenueCat's answer is some minutes old: renewal is on again since.
    shop.deliver(
        "uncancellation", changes("ann", "fresh", "sub0-1", "sub0-0", now - 60_000, Map.of()));
    Map<String, Object> before = state();
    fireside.fire(SCHEDULE);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void findsThePersonBehindAnAnonymousCustomer() {
    String anonymous = "$RCAnonymousID:0123456789abcdef";
    consumable(anonymous, 0, false);
    REVENUECAT.alias(anonymous, anonymous);
    REVENUECAT.alias(anonymous, "ann");
    fireside.fire(SCHEDULE);
    assertThat(shop.units("ann", "coin:GEM")).isEqualTo(2100);
  }

  @Test
  void readsCustomersWhoseNamesHoldSpacesAndSkipsThoseThatRevenueCatRefuses() {
    consumable("a poison", 0, false);
    consumable("ann", 1, false);
    REVENUECAT.alias("b b", "bob");
    consumable("b b", 2, false);
    REVENUECAT.breakCustomer("a poison");
    fireside.fire(SCHEDULE);
    assertThat(shop.units("ann", "coin:GEM")).isEqualTo(2100);
    assertThat(shop.units("bob", "coin:GEM")).isEqualTo(2100);
  }

  @Test
  void goesOnBehindAnEventThatFailsAndTriesItAgain() {
    stripe(
        "customer.subscription.updated",
        "evt_poison",
        days(-2),
        Map.of("id", "sub_poison", "metadata", Map.of("uid", "ann")));
    STRIPE.setBroken("/v1/subscriptions/sub_poison", true);
    session("bob", 1, false);
    fireside.fire(SCHEDULE);
    assertThat(shop.units("bob", "coin:GEM")).isEqualTo(500);
    session("cid", 2, false);
    fireside.fire(SCHEDULE);
    var noted = shop.document("reconciliation/stripe").orElseThrow().fields();
    assertThat(noted.texts("failed")).containsExactly("evt_poison");
    assertThat(noted.instant("watermark").orElseThrow()).isAfter(Instant.ofEpochMilli(days(-1)));
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
        case 0 -> subscription("user" + i, i, i % 2 == 0, i % 9 == 0);
        case 1 -> consumable("user" + i, i, i % 2 == 0);
        default -> session("user" + i, i, i % 2 == 0);
      }
    }
  }

  private static Map<String, Object> revenue(String gross, String fee, String tax) {
    return Map.of(
        "currency", "USD",
        "gross", new java.math.BigDecimal(gross),
        "commission", new java.math.BigDecimal(fee),
        "tax", new java.math.BigDecimal(tax));
  }

  private Map<String, Object> changes(
      String uid, String event, String transaction, String original, long at, Map<String, ?> more) {
    var changes = new HashMap<String, Object>();
    changes.put("id", event);
    changes.put("app_user_id", uid);
    changes.put("original_app_user_id", uid);
    changes.put("aliases", List.of(uid));
    changes.put("transaction_id", transaction);
    changes.put("original_transaction_id", original);
    changes.put("event_timestamp_ms", at);
    changes.put("purchased_at_ms", at - 2_000);
    changes.put("currency", "USD");
    changes.put("price", 9.99);
    changes.put("price_in_purchased_currency", 9.99);
    changes.put("commission_percentage", 0.15);
    changes.put("tax_percentage", 0.10);
    changes.putAll(more);
    return changes;
  }

  private void subscription(String uid, int number, boolean cancelled, boolean expired) {
    String sub = "sub" + number;
    int shift = expired ? -21 : 0;
    long[] starts = {days(-40 + shift) + number * 1_000L, days(-10 + shift) + number * 1_000L};
    long[] ends = {starts[1], days(20 + shift) + number * 1_000L};
    REVENUECAT.subscription(
        uid,
        Map.of(
            "id",
            sub,
            "customer_id",
            uid,
            "store",
            "app_store",
            "environment",
            "production",
            "gives_access",
            !expired,
            "status",
            expired ? "expired" : "active",
            "auto_renewal_status",
            cancelled ? "will_not_renew" : "will_renew",
            "current_period_starts_at",
            starts[1],
            "current_period_ends_at",
            ends[1],
            "store_subscription_identifier",
            sub + "-0"));
    for (int period = 0; period < 2; period++) {
      REVENUECAT.transaction(
          sub,
          Map.of(
              "id",
              sub + "-" + period,
              "purchased_at",
              starts[period],
              "expiration_date",
              ends[period],
              "product_store_identifier",
              "com.example.pro.monthly",
              "revenue_in_local_currency",
              revenue("9.99", "1.50", "1.00")));
      String name = period == 0 ? "initial_purchase" : "renewal";
      Map<String, Object> told =
          changes(
              uid,
              sub + name,
              sub + "-" + period,
              sub + "-0",
              starts[period] + 5_000,
              Map.of("purchased_at_ms", starts[period], "expiration_at_ms", ends[period]));
      webhooks.add(() -> shop.deliver(name, told));
    }
    if (cancelled) {
      Map<String, Object> told =
          changes(
              uid,
              sub + "cancel",
              sub + "-1",
              sub + "-0",
              days(-3 + shift),
              Map.of("purchased_at_ms", starts[1], "expiration_at_ms", ends[1]));
      webhooks.add(() -> shop.deliver("cancellation_unsubscribe", told));
    }
    if (expired) {
      Map<String, Object> told =
          changes(
              uid,
              sub + "end",
              sub + "-1",
              sub + "-0",
              ends[1] + 5_000,
              Map.of("purchased_at_ms", starts[1], "expiration_at_ms", ends[1]));
      webhooks.add(() -> shop.deliver("expiration", told));
    }
  }

  private void consumable(String uid, int number, boolean refunded) {
    long at = days(-2) + number * 60_000L;
    String id = "buy" + number;
    REVENUECAT.purchase(
        uid,
        Map.of(
            "id",
            "purch" + number,
            "customer_id",
            uid,
            "product_id",
            "prod_gems",
            "purchased_at",
            at,
            "quantity",
            1,
            "status",
            refunded ? "refunded" : "owned",
            "store",
            "play_store",
            "environment",
            "production",
            "store_purchase_identifier",
            id,
            "revenue_in_usd",
            revenue("9.99", "1.50", "1.00")));
    Map<String, Object> told =
        changes(uid, id, id, id, at + 3_000, Map.of("purchased_at_ms", at, "store", "PLAY_STORE"));
    webhooks.add(() -> shop.deliver("non_renewing_purchase", told));
    if (refunded) {
      var refund = new HashMap<>(told);
      refund.put("id", id + "refund");
      refund.put("event_timestamp_ms", at + 90_000);
      refund.put("price", -9.99);
      refund.put("price_in_purchased_currency", -9.99);
      webhooks.add(() -> shop.deliver("cancellation_refund_consumable", refund));
    }
  }

  private void session(String uid, int number, boolean refunded) {
    Map<String, Object> session =
        Map.of(
            "id", "cs_" + number,
            "payment_intent", "pi_" + number,
            "customer", "cus_" + number,
            "created", days(-2) / 1_000 + number,
            "client_reference_id", "order" + number,
            "metadata", Map.of("uid", uid, "sku", "gems_500"));
    stripe("checkout.session.completed", "evt_s" + number, days(-2) + number * 1_000L, session);
    if (refunded) {
      stripe(
          "charge.refunded",
          "evt_r" + number,
          days(-1) + number * 1_000L,
          Map.of(
              "id", "ch_" + number,
              "payment_intent", "pi_" + number,
              "customer", "cus_" + number,
              "metadata", Map.of("uid", uid)));
    }
  }

  private void stripe(String name, String id, long at, Map<String, ?> changes) {
    ObjectNode event = (ObjectNode) Shop.json(Shop.stripeEvent(name, id, changes));
    event.put("created", at / 1_000);
    STRIPE.emit(event);
    String body = event.toString();
    webhooks.add(() -> shop.deliverStripe(body, 200));
  }

  private long days(int days) {
    return Instant.ofEpochMilli(now).plus(Duration.ofDays(days)).toEpochMilli();
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
