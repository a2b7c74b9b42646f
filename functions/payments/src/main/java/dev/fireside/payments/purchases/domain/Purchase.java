package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.shared.ids.Uid;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A purchase as it is kept: the facts, and what was done about them.
///
/// @param facts the facts
/// @param sales the transactions that were granted, or whose money is booked at least, by key
/// @param adjusted the adjustments of units that were posted
/// @param owner who has the access it gives; null for none, and while nobody is known
/// @param trail who held it, as far as facts say, the owner last; empty for what gives no access
/// @param waiting what it waits for: `product:{id}` or `customer:{id}`
/// @param grants whether it gives its owner any access, now or in the past
public record Purchase(
    PurchaseFacts facts,
    Map<String, Sale> sales,
    Set<String> adjusted,
    @Nullable Uid owner,
    List<String> trail,
    List<String> waiting,
    boolean grants) {

  /// It waits for a product of the catalogue.
  public static final String PRODUCT = "product";

  /// It waits for a customer's person.
  public static final String CUSTOMER = "customer";

  public Purchase {
    sales = java.util.Collections.unmodifiableMap(new TreeMap<>(sales));
    adjusted = java.util.Collections.unmodifiableSet(new TreeSet<>(adjusted));
    trail = List.copyOf(trail);
    waiting = List.copyOf(waiting);
  }

  /// A purchase nothing is known of.
  public static Purchase empty(PurchaseKey key) {
    return new Purchase(
        PurchaseFacts.empty(key), Map.of(), Set.of(), null, List.of(), List.of(), false);
  }

  /// Whether a transaction was granted, to whomever.
  public boolean isGranted(String saleKey) {
    Sale sale = sales.get(saleKey);
    return sale != null && sale.isAssigned();
  }

  /// The money of what is not assigned yet, in minor units by currency.
  public Map<String, Long> unassigned() {
    var amounts = new TreeMap<String, Long>();
    for (Sale sale : sales.values()) {
      if (!sale.isAssigned() && sale.price() != null) {
        long left = sale.paid() - sale.state().refunded();
        amounts.merge(sale.price().currency(), left, Math::addExact);
      }
    }
    return amounts;
  }

  /// Since when it waits, in milliseconds: what is not granted was bought then.
  public long waitingSince() {
    return facts.all(Fact.Sold.class).stream()
        .filter(sold -> !isGranted(sold.key()))
        .mapToLong(Fact::at)
        .min()
        .orElseGet(() -> facts.list().stream().mapToLong(Fact::at).min().orElse(0));
  }

  /// What kinds of things it waits for: [#PRODUCT], [#CUSTOMER].
  public List<String> waitingFor() {
    return waiting.stream().map(what -> what.substring(0, what.indexOf(':'))).distinct().toList();
  }

  /// What a purchase waits for that is doubted unless it is a change of plan.
  ///
  /// @param key of the purchase that changes, or another of its store
  /// @param product the catalogue's id of what it changes to
  public static String awaited(PurchaseKey key, String product, Uid person) {
    return String.join(":", "change", key.store(), key.book().wireName(), product, person.value());
  }

  /// The changes of plan that explain what is doubted, if they are reported.
  public List<String> awaitedChanges() {
    var changes = new TreeSet<String>();
    for (Sale sale : sales.values()) {
      Uid buyer = sale.uid();
      String product = sale.product();
      if (buyer != null && product != null && facts.isPriceDoubted(sale.key())) {
        changes.add(awaited(facts.key(), product, buyer));
      }
    }
    return List.copyOf(changes);
  }

  /// Names the purchase.
  public PurchaseKey key() {
    return facts.key();
  }

  /// This purchase with more facts, about which nothing was done yet.
  public Purchase with(List<? extends Fact> more) {
    return new Purchase(
        facts.with(Shares.added(facts, more)), sales, adjusted, owner, trail, waiting, grants);
  }

  /// All names that it can be asked for by: the store's ids of it, of its transactions, refunds and
  /// disputes, and what else it is known by.
  public Set<String> names() {
    var names = new TreeSet<String>();
    names.add(key().id());
    for (Fact fact : facts.list()) {
      switch (fact) {
        case Fact.Sold sold -> names.add(PurchaseFacts.plain(sold.transaction()));
        case Fact.Covered covered -> names.add(PurchaseFacts.plain(covered.transaction()));
        case Fact.RefundSeen refund -> names.add(refund.refund());
        case Fact.Disputed dispute -> names.add(dispute.dispute());
        case Fact.Known known -> names.add(known.name());
        default -> {}
      }
    }
    return names;
  }

  /// Who got something by it, or has its access.
  public Set<Uid> people() {
    var people = new LinkedHashSet<Uid>();
    sales.values().stream().map(Sale::uid).filter(Objects::nonNull).forEach(people::add);
    if (owner != null) {
      people.add(owner);
    }
    return people;
  }

  /// Whether all that was paid is back at the customer.
  ///
  /// @param sale of one transaction; null, or [Fact.Judged#ALL], for all of them
  public boolean isGivenBack(@Nullable String sale) {
    long paid = 0;
    long left = 0;
    for (Sale sold : sales.values()) {
      if (sale == null || sale.equals(Fact.Judged.ALL) || sale.equals(sold.key())) {
        paid += sold.paid();
        left += sold.paid() - sold.state().refunded();
      }
    }
    return paid > 0 && left <= 0;
  }

  /// What it cost, if all of it was paid in one currency; null where nobody knows.
  public @Nullable Money price() {
    List<Money> prices = sales.values().stream().map(Sale::price).filter(Objects::nonNull).toList();
    boolean one = prices.stream().map(Money::currency).distinct().count() == 1;
    return one
        ? new Money(prices.stream().mapToLong(Money::minor).sum(), prices.getFirst().currency())
        : null;
  }

  /// Keyed hashes of the addresses that its receipts went to.
  public Set<String> mails() {
    return facts.all(Fact.Mailed.class).stream()
        .map(Fact.Mailed::mail)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// This purchase without the addresses of its receipts.
  public Purchase withoutMails() {
    return new Purchase(
        facts.without(Fact.Mailed.class), sales, adjusted, owner, trail, waiting, grants);
  }

  /// What a subscription must know of this payment for it: whether each of its periods stands.
  /// Nothing where nobody ever doubted it or gave money back.
  public Map<PurchaseKey, List<Fact>> backing() {
    long doubtedAt =
        facts.list().stream()
            .filter(Purchase::isDoubt)
            .mapToLong(Fact::at)
            .max()
            .orElse(Long.MIN_VALUE);
    var backing = new TreeMap<String, List<Fact>>();
    if (doubtedAt != Long.MIN_VALUE) {
      for (Fact.PartOf part : facts.all(Fact.PartOf.class)) {
        backing.put(
            part.subscription(),
            facts.all(Fact.Sold.class).stream()
                .filter(sold -> sales.containsKey(sold.key()))
                .<Fact>map(sold -> backed(sold, doubtedAt))
                .toList());
      }
    }
    PurchaseKey key = facts.key();
    return backing.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> new PurchaseKey(key.store(), key.book(), entry.getKey()),
                Map.Entry::getValue));
  }

  private static boolean isDoubt(Fact fact) {
    return switch (fact) {
      case Fact.Disputed _, Fact.Judged _, Fact.RefundTotal _, Fact.RefundSeen _ -> true;
      default -> false;
    };
  }

  private Fact backed(Fact.Sold sold, long at) {
    Sale sale = sales.get(sold.key());
    boolean stands = sale != null && sale.state().stands(sale.paid());
    int step = sale == null ? 0 : sale.steps();
    return new Fact.Backed(facts.key().name(), at, sold.transaction(), stands, step);
  }
}
