package dev.fireside.payments.support;

import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.payments.checkout.store.OrderStore;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.purchases.store.DeliveryStore;
import dev.fireside.payments.purchases.store.PurchaseFinder;
import dev.fireside.payments.purchases.store.PurchaseFinder.By;
import dev.fireside.payments.support.Way.Stage;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says why something that somebody bought is missing: the way of each of their purchases, and of
/// what never became one.
final class WhyMissing {
  private static final int PURCHASES_MAX = 100;
  private static final int WAYS_MAX = 50;
  private static final int ORDERS_MAX = 20;

  private final FindPurchases find;
  private final PurchaseFinder purchases;
  private final DeliveryStore deliveries;
  private final OrderStore orders;
  private final CatalogueStore catalogue;
  private final SaleWay sales;

  /// The answer.
  ///
  /// @param complete whether these are all ways; the newest are shown
  record Why(Uid uid, boolean complete, List<Way> ways) {}

  WhyMissing(Platform platform, FindPurchases find) {
    this.find = find;
    this.purchases = new PurchaseFinder(platform.documents());
    this.deliveries = DeliveryStore.of(platform);
    this.orders = new OrderStore(platform.documents(), platform.clock());
    this.catalogue = new CatalogueStore(platform.documents());
    this.sales = new SaleWay(platform.documents(), deliveries);
  }

  /// The ways of a person's purchases, those that stopped before they were one first, then the
  /// newest first.
  ///
  /// @param name a store's id of what they miss; null for all
  Why of(Uid person, @Nullable String name) {
    List<Purchase> found =
        name == null
            ? purchases.find(By.PERSON, person.value(), null, PURCHASES_MAX + 1)
            : find.purchasesNamed(name, PURCHASES_MAX + 1);
    List<Way> ways = new ArrayList<>(undelivered(person, name));
    if (name == null) {
      ways.addAll(unpaid(person));
    }
    found.stream()
        .limit(PURCHASES_MAX)
        .flatMap(purchase -> ofPurchase(purchase, name))
        .sorted(Comparator.comparingLong((Bought bought) -> bought.at()).reversed())
        .limit(WAYS_MAX + 1L)
        .map(bought -> way(person, bought))
        .forEach(ways::add);
    boolean complete = found.size() <= PURCHASES_MAX && ways.size() <= WAYS_MAX;
    if (ways.isEmpty()) {
      ways.add(Way.of(null, Cause.NOTHING, List.of()));
    }
    return new Why(person, complete, ways.stream().limit(WAYS_MAX).toList());
  }

  /// A transaction of a purchase; null where the purchase has none.
  private record Bought(Purchase purchase, Fact.@Nullable Sold sold) {
    long at() {
      return sold == null ? purchase.waitingSince() : sold.at();
    }
  }

  private static Stream<Bought> ofPurchase(Purchase purchase, @Nullable String name) {
    List<Fact.Sold> sold = purchase.facts().all(Fact.Sold.class);
    List<Fact.Sold> named =
        sold.stream().filter(one -> name != null && isNamed(purchase, one, name)).toList();
    // A subscription's transaction is asked for alone, a payment's charge means all of it.
    List<Fact.Sold> asked = named.isEmpty() ? sold : named;
    return asked.isEmpty()
        ? Stream.of(new Bought(purchase, null))
        : asked.stream().map(one -> new Bought(purchase, one));
  }

  private static boolean isNamed(Purchase purchase, Fact.Sold sold, String name) {
    return !name.equals(purchase.key().id())
        && (sold.transaction().equals(name)
            || Sale.receipt(purchase.key(), sold.key()).equals(name));
  }

  private Way way(Uid person, Bought bought) {
    Fact.Sold sold = bought.sold();
    if (sold != null) {
      return sales.of(
          person, bought.purchase(), sold, product -> catalogue.find(product).isPresent());
    }
    Instant since = Instant.ofEpochMilli(bought.at());
    var stage = new Stage("fact", null, "known", since, "Something came of it, but no sale");
    return new Way(
        bought.purchase().key().name(),
        null,
        null,
        WireNames.of(Cause.NO_SALE),
        since,
        Cause.NO_SALE.todo(),
        List.of(stage));
  }

  /// Deliveries that name the person, or what they miss, and have not taken effect.
  private List<Way> undelivered(Uid person, @Nullable String name) {
    return deliveries.withoutEffect().stream()
        .filter(stuck ->
            name == null
                ? stuck.owner().equals(person.value()) || stuck.body().contains(person.value())
                : stuck.body().contains(name))
        .map(WhyMissing::way)
        .toList();
  }

  private static Way way(DeliveryStore.Stuck stuck) {
    String id = stuck.provider() + ":" + stuck.event();
    var stage =
        new Stage(
            "delivery",
            id,
            stuck.outcome(),
            stuck.receivedAt(),
            stuck.type() + (stuck.reason().isEmpty() ? "" : ": " + stuck.reason()));
    return Way.of(null, stuck.isRefused() ? Cause.REFUSED : Cause.KEPT, List.of(stage));
  }

  /// Checkouts that were not paid, or of which nothing came since.
  private List<Way> unpaid(Uid person) {
    var ways = new ArrayList<Way>();
    for (OrderStore.Opened order : orders.of(person, ORDERS_MAX)) {
      boolean paid = order.state().equals("paid");
      if (!paid || purchases.find(By.NAME, order.id(), null, 1).isEmpty()) {
        var stage =
            new Stage(
                "order",
                order.id(),
                order.state(),
                order.createdAt(),
                "A checkout at Stripe for " + order.product());
        ways.add(Way.of(order.product(), paid ? Cause.PAID_ONLY : Cause.UNPAID, List.of(stage)));
      }
    }
    return ways;
  }
}
