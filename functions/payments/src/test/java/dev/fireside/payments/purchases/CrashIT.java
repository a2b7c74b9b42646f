package dev.fireside.payments.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.economy.domain.CatalogueStatus;
import dev.fireside.economy.domain.Currency;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.Item;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.ledger.Progress;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.LedgerProof;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.Shop;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.payments.revenuecat.ReceiveRevenueCat;
import dev.fireside.payments.settlement.BookBalance;
import dev.fireside.payments.stripe.ConnectEvents;
import dev.fireside.payments.stripe.ReceiveStripe;
import dev.fireside.shared.Platform;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Events of both providers, applied by a process that dies at every step of its own telling.
class CrashIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("payments");

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// A life of purchases at both providers that uses every kind of write.
  private static Map<String, String> life() {
    var life = new LinkedHashMap<String, String>();
    for (String event :
        List.of(
            "initial_purchase",
            "non_renewing_purchase",
            "renewal",
            "cancellation_refund_consumable",
            "transfer",
            "expiration")) {
      life.put("revenuecat/" + event, Shop.fixture("revenuecat/" + event));
    }
    life.put(
        "stripe/invoice.paid",
        Shop.stripeEvent("invoice.paid", "evt_invoice", Map.of("payment_intent", "pi_invoice")));
    for (String event :
        List.of(
            "customer.subscription.updated",
            "checkout.session.completed",
            "charge.refunded.partial",
            "charge.dispute.created",
            "charge.dispute.closed",
            "refund.failed")) {
      life.put("stripe/" + event, Shop.fixture("stripe/" + event));
    }
    life.putAll(balance());
    return life;
  }

  /// What it cost at Stripe, in another currency, and what was paid out of it and sent back.
  private static Map<String, String> balance() {
    String moved =
        """
        {"id": "txn_crash", "amount": 450, "fee": 44, "currency": "eur", "created": 1767226000,
         "reporting_category": "charge", "exchange_rate": 0.9, "source": "ch_crash"}
        """;
    String charge =
        """
        {"id": "evt_charge", "type": "charge.updated", "created": 1767226001, "livemode": true,
         "data": {"object": {"id": "ch_crash", "amount": 499, "currency": "usd", "paid": true,
         "captured": true, "balance_transaction": %s}}}
        """;
    String early = charge.replace("evt_charge", "evt_early").formatted("null");
    var life = new LinkedHashMap<String, String>();
    life.put("stripe/charge.succeeded", early.replace("charge.updated", "charge.succeeded"));
    life.put("stripe/charge.updated", charge.formatted(moved));
    for (String status : List.of("paid", "failed")) {
      life.put(
          "stripe/payout." + status,
          """
          {"id": "evt_payout_%s", "type": "payout.%s", "created": 1767300000, "livemode": true,
           "data": {"object": {"id": "po_crash", "amount": 406, "currency": "eur",
           "status": "%s", "automatic": true, "arrival_date": 1767300000}}}
          """
              .formatted(status, status, status));
    }
    return life;
  }

  private static Work work(String name, String body) {
    Platform platform = fireside.platform();
    var deliveries = new TakeDelivery(platform, new ApplyFacts(platform, new Trusting()));
    Payload payload = Payload.of(body);
    if (name.startsWith("revenuecat/")) {
      Payload event = payload.object("event");
      return new ReceiveRevenueCat(platform, deliveries)
          .read(body)
          .deliveredBy(new Delivery("revenuecat", event.id("id"), "TYPE", "ann", body));
    }
    var gateway = new StripeGateway(platform.config(), StripeGateway.SHOP_KEY);
    return new ReceiveStripe(
            platform,
            deliveries,
            gateway,
            ConnectEvents.DEAF,
            ConnectEvents.DEAF,
            new BookBalance(platform, gateway))
        .read(payload, ReceiveStripe.Endpoint.PLATFORM)
        .deliveredBy(new Delivery("stripe", payload.id("id"), "TYPE", "ann", body));
  }

  @Test
  void leavesAllOrNothingAfterACrashAtAnyStepAndExactlyOneEffectInTheEnd() {
    prepare();
    Map<String, Object> states = new LinkedHashMap<>();
    life()
        .forEach((name, body) -> {
          assertThat(applier(Progress.UNHEARD).apply(work(name, body))).isEqualTo(Applied.DONE);
          states.put(name, state());
        });

    prepare();
    Set<String> crashedAt = new TreeSet<>();
    var before = state();
    for (var event : life().entrySet()) {
      Work work = work(event.getKey(), event.getValue());
      for (int step = 0; crashes(work, step, crashedAt); step++) {
        // The last steps come after the commit: by then all of it is there.
        assertThat(state())
            .as("after a crash of %s at step %s", event.getKey(), step)
            .isIn(before, states.get(event.getKey()));
        assertThat(proof().faults()).isEmpty();
      }
      // Whoever delivers does so again, after the crash, and once more.
      applier(Progress.UNHEARD).apply(work);
      assertThat(applier(Progress.UNHEARD).apply(work)).isEqualTo(Applied.DUPLICATE);
      before = state();
      assertThat(before).as(event.getKey()).isEqualTo(states.get(event.getKey()));
    }
    assertThat(crashedAt)
        .contains(
            "begin",
            "sealed",
            "claimed",
            "journal written",
            "balances written",
            "inventory written",
            "notified",
            "access written",
            "receipts written",
            "all written",
            "committed");
  }

  /// Whether there was such a step to crash at.
  private static boolean crashes(Work work, int step, Set<String> crashedAt) {
    var steps = new ArrayList<String>();
    var applier =
        applier(name -> {
          steps.add(name);
          if (steps.size() == step + 1) {
            throw new Crash();
          }
        });
    try {
      applier.apply(work);
      return false;
    } catch (Crash e) {
      crashedAt.add(steps.getLast());
      return true;
    }
  }

  @Test
  void refusesToWriteOneJournalTwice() {
    prepare();
    var documents = fireside.platform().documents();
    Work first = work("revenuecat/initial_purchase", Shop.fixture("revenuecat/initial_purchase"));
    assertThat(applier(Progress.UNHEARD).apply(first)).isEqualTo(Applied.DONE);
    // Its memory of the purchase is lost, but the journal's name is taken for ever.
    for (String collection : List.of("purchases", "webhooks")) {
      documents
          .list(documents.collection(collection))
          .forEach(document -> documents.delete(document.path()));
    }
    assertThat(applier(Progress.UNHEARD).apply(first)).isEqualTo(Applied.DONE);
    assertThat(proof().journals()).isEqualTo(1);
    assertThat(documents.list(documents.collection("reviews"))).hasSize(1);
  }

  private static ApplyFacts applier(Progress progress) {
    return new ApplyFacts(fireside.platform(), new Trusting(), progress);
  }

  private static LedgerProof proof() {
    return new LedgerStore(fireside.platform().documents()).prove();
  }

  private static void prepare() {
    Shop.resetData(fireside);
    var assets = new Catalogue(fireside.platform());
    assets.put(
        new Currency(new CurrencyCode("GEM"), "Gems", 1_000_000, false, CatalogueStatus.ACTIVE));
    assets.put(
        new Item(
            new ItemId("chest"),
            "Chest",
            "box",
            100,
            false,
            null,
            false,
            false,
            CatalogueStatus.ACTIVE));
    product("pro", "com.example.pro.monthly", List.of("pro"), Map.of(new Asset("coin:GEM"), 50L));
    product(
        "gems_2100",
        "com.example.gems.2100",
        List.of(),
        Map.of(new Asset("coin:GEM"), 2_100L, new Asset("item:chest"), 1L));
    product(
        "pro_monthly", "price_TestProMonthly", List.of("pro"), Map.of(new Asset("coin:GEM"), 10L));
    product("gems_500", "price_gems", List.of(), Map.of(new Asset("coin:GEM"), 500L));
  }

  private static void product(
      String id, String name, List<String> entitlements, Map<Asset, Long> units) {
    new CatalogueStore(fireside.platform().documents())
        .put(
            new Product(id, List.of(name), entitlements, units, Map.of(), null, null, false),
            Instant.EPOCH);
  }

  private static Map<String, Object> state() {
    var documents = fireside.platform().documents();
    var state = new TreeMap<String, Object>();
    for (String collection :
        List.of(
            "accounts",
            "transactions",
            "purchases",
            "customers",
            "entitlements",
            "webhooks",
            "reviews",
            "awaitedBalances",
            "settlements",
            "users/" + Shop.ALICE + "/inventory",
            "users/" + Shop.ALICE + "/inventoryHistory",
            "users/" + Shop.ALICE + "/purchases",
            "notifications/" + Shop.ALICE + "/items")) {
      documents
          .list(documents.collection(collection))
          .forEach(document -> {
            var fields = new TreeMap<>(document.fields().values());
            fields
                .keySet()
                .removeAll(
                    Set.of(
                        "updatedAt",
                        "recordedAt",
                        "at",
                        "since",
                        "createdAt",
                        "receivedAt",
                        "expireAt",
                        "deadline",
                        "body"));
            state.put(document.path(), fields);
          });
    }
    return state;
  }
}
