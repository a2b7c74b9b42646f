package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.ids.Uid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// All facts known about one purchase, by time. Merging is commutative, associative and idempotent:
/// any permutation of the same facts, with duplicates, gives the same, but for the name of a
/// transaction that is stated in several ways: the first stays.
///
/// @param archive what of them is kept apart from the purchase's document
public record PurchaseFacts(PurchaseKey key, List<Fact> list, Archive archive) {
  /// Far more than any purchase has: a weekly subscription for ten years, with trouble every week,
  /// has 2,500. Each event reads all of them.
  public static final int FACTS_MAX = 10_000;

  /// Stands between a transaction and what else it paid for.
  private static final String ALSO = "+";

  private static final int ALSO_BYTES = 8;

  private static final Comparator<Fact> BY_TIME =
      Comparator.comparingLong(Fact::at)
          .thenComparing(Fact::event)
          .thenComparingInt(PurchaseFacts::order)
          .thenComparing(Fact::identity)
          // Records print all they hold: nothing is left to the order of arrival.
          .thenComparing(Object::toString);

  private static final Comparator<Fact.Latest> LATEST_FIRST =
      Comparator.comparing(Fact.Latest::stays)
          .thenComparingLong(Fact.Latest::at)
          .thenComparingInt(Fact.Latest::rank)
          .thenComparing(BY_TIME)
          .reversed();

  public PurchaseFacts {
    list = List.copyOf(list);
  }

  /// Facts of which none is kept apart.
  public PurchaseFacts(PurchaseKey key, List<Fact> list) {
    this(key, list, Archive.EMPTY);
  }

  /// Facts as they are kept, in the document and apart.
  public static PurchaseFacts kept(PurchaseKey key, List<Fact> list, Archive archive) {
    if (archive.parts().isEmpty()) {
      return new PurchaseFacts(key, list);
    }
    Map<String, Fact> byIdentity = new LinkedHashMap<>();
    archive
        .facts()
        .forEach(fact -> byIdentity.merge(fact.identity(), fact, PurchaseFacts::preferred));
    list.forEach(fact -> byIdentity.merge(fact.identity(), fact, PurchaseFacts::preferred));
    var all = new ArrayList<Fact>(byIdentity.values());
    all.sort(BY_TIME);
    return new PurchaseFacts(key, all, archive);
  }

  /// A purchase nothing is known of.
  public static PurchaseFacts empty(PurchaseKey key) {
    return new PurchaseFacts(key, List.of());
  }

  /// This and more facts. Throws [IllegalStateException] past [#FACTS_MAX], unless they are about
  /// money or decide something.
  public PurchaseFacts with(Collection<? extends Fact> more) {
    Map<String, Fact> byIdentity = new LinkedHashMap<>();
    list.forEach(fact -> byIdentity.merge(fact.identity(), fact, PurchaseFacts::preferred));
    aligned(more)
        .forEach(fact -> byIdentity.merge(fact.identity(), fact, PurchaseFacts::preferred));
    if (byIdentity.size() > FACTS_MAX && more.stream().noneMatch(PurchaseFacts::alwaysCounts)) {
      throw new IllegalStateException(key.name() + " has too many facts");
    }
    var merged = new ArrayList<Fact>(byIdentity.values());
    merged.sort(BY_TIME);
    return new PurchaseFacts(key, merged, archive);
  }

  private static boolean alwaysCounts(Fact fact) {
    return switch (fact) {
      case Fact.Sold _,
          Fact.Refunded _,
          Fact.RefundTotal _,
          Fact.RefundSeen _,
          Fact.Disputed _,
          Fact.Credited _,
          Fact.Backed _,
          Fact.Judged _ ->
          true;
      default -> false;
    };
  }

  /// Facts to be added, under the names by which their transactions are known: the first time that
  /// was stated stays a transaction's, and what it is also stated to have paid for has a name of
  /// its own.
  public List<Fact> aligned(Collection<? extends Fact> more) {
    List<Fact.Sold> known = new ArrayList<>(all(Fact.Sold.class));
    Map<String, String> renamed = new HashMap<>();
    var result = new ArrayList<Fact>();
    for (Fact fact : more) {
      if (fact instanceof Fact.Sold sold) {
        Fact.Sold aligned = aligned(sold, known);
        renamed.put(sold.key(), aligned.key());
        known.add(aligned);
        result.add(aligned);
      } else {
        result.add(fact);
      }
    }
    result.replaceAll(fact ->
        switch (fact) {
          case Fact.Offered offered ->
              new Fact.Offered(
                  offered.event(),
                  offered.at(),
                  renamed.getOrDefault(offered.key(), offered.key()),
                  offered.list());
          case Fact.Judged judged ->
              new Fact.Judged(
                  judged.event(),
                  judged.at(),
                  renamed.getOrDefault(judged.key(), judged.key()),
                  judged.hold(),
                  judged.decided());
          default -> fact;
        });
    return result;
  }

  private Fact.Sold aligned(Fact.Sold sold, List<Fact.Sold> known) {
    List<Fact.Sold> near =
        known.stream()
            .filter(other -> isOf(other, sold.transaction()) && other.isNear(sold))
            .toList();
    if (near.isEmpty()) {
      return sold;
    }
    // Stripe's own events name what one payment is for in several ways.
    boolean plain = key.store().equals("stripe");
    return near.stream()
        .filter(other -> plain || other.product().equals(sold.product()))
        .findFirst()
        .map(other -> sold.as(other.transaction(), other.purchasedAt()))
        .orElseGet(() ->
            sold.as(
                sold.transaction() + ALSO + Digest.hex(sold.product(), ALSO_BYTES),
                near.getFirst().purchasedAt()));
  }

  private static boolean isOf(Fact.Sold sold, String transaction) {
    return sold.transaction().equals(transaction)
        || sold.transaction().startsWith(transaction + ALSO);
  }

  /// The sale that something was stated about: rather that of a product, if there are several.
  public Optional<Fact.Sold> saleOf(String transaction, long purchasedAt, String product) {
    List<Fact.Sold> near =
        all(Fact.Sold.class).stream()
            .filter(sold -> isOf(sold, transaction) && sold.isNear(purchasedAt))
            .toList();
    return near.stream()
        .filter(sold -> sold.product().equals(product))
        .findFirst()
        .or(() -> near.stream().findFirst());
  }

  /// Of facts that came at once in one event, which comes first. What is kept stands in this order:
  /// a new kind takes the next number.
  private static int order(Fact fact) {
    return switch (fact) {
      case Fact.Adjusted _ -> 0;
      case Fact.Backed _ -> 1;
      case Fact.Changing _ -> 2;
      case Fact.Consent _ -> 3;
      case Fact.Covered _ -> 4;
      case Fact.Disputed _ -> 5;
      case Fact.Ended _ -> 6;
      case Fact.Extended _ -> 7;
      case Fact.Grace _ -> 8;
      case Fact.Held _ -> 9;
      case Fact.Judged _ -> 10;
      case Fact.Named _ -> 11;
      case Fact.Offered _ -> 12;
      case Fact.PartOf _ -> 13;
      case Fact.Paused _ -> 14;
      case Fact.RefundSeen _ -> 15;
      case Fact.RefundTotal _ -> 16;
      case Fact.Refunded _ -> 17;
      case Fact.Renewing _ -> 18;
      case Fact.Shortened _ -> 19;
      case Fact.Sold _ -> 20;
      case Fact.Status _ -> 21;
      case Fact.Line _ -> 22;
      case Fact.Credited _ -> 23;
      case Fact.Known _ -> 24;
      case Fact.Mailed _ -> 25;
      case Fact.Assigned _ -> 26;
    };
  }

  private static Fact preferred(Fact one, Fact other) {
    if (one instanceof Fact.Latest first && other instanceof Fact.Latest second) {
      return LATEST_FIRST.compare(first, second) <= 0 ? one : other;
    }
    return BY_TIME.compare(one, other) <= 0 ? one : other;
  }

  /// The store's id of a transaction, without what tells its products apart.
  static String plain(String transaction) {
    int also = transaction.lastIndexOf(ALSO);
    return also > 0 ? transaction.substring(0, also) : transaction;
  }

  /// These without one kind of fact.
  public PurchaseFacts without(Class<? extends Fact> kind) {
    return new PurchaseFacts(
        key, list.stream().filter(fact -> !kind.isInstance(fact)).toList(), archive);
  }

  /// The facts of one kind, by time.
  public <F extends Fact> List<F> all(Class<F> kind) {
    return list.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// The latest fact of one kind.
  public <F extends Fact> Optional<F> latest(Class<F> kind) {
    return all(kind).stream().reduce((earlier, later) -> later);
  }

  /// What the strictest of all cases says about a transaction, or about all of the purchase. A
  /// doubt about its price falls once that is known to be an offer's.
  public Hold holdOf(String saleKey) {
    List<Fact.Judged> judgements =
        all(Fact.Judged.class).stream()
            .filter(judged -> judged.key().equals(saleKey) || judged.key().equals(Fact.Judged.ALL))
            .toList();
    boolean offered = judgements.stream().anyMatch(Fact.Judged::isOpenPrice) && isOffered(saleKey);
    return judgements.stream()
        .filter(judged -> !(offered && judged.isOpenPrice()))
        .map(Fact.Judged::hold)
        .max(Comparator.naturalOrder())
        .orElse(Hold.OPEN);
  }

  /// Who gets what a transaction gives for good: the first person who held it since, else whom
  /// another event names. Empty while nobody is known.
  ///
  /// @param holder the store's customer, who made it
  /// @param at when
  public Optional<Uid> receiver(String holder, long at, Function<String, Customer> customers) {
    return Customer.firstPerson(key, holder, at, customers)
        .or(() ->
            latest(Fact.Held.class)
                .flatMap(seen -> Customer.firstPerson(key, seen.holder(), seen.at(), customers)));
  }

  /// Whether what was paid in a transaction is that of an offer, so that nobody knows what it
  /// should be.
  public boolean isOffered(String saleKey) {
    List<Fact.Offered> offers = all(Fact.Offered.class);
    return all(Fact.Sold.class).stream()
        .filter(sold -> sold.key().equals(saleKey) && sold.price() != null)
        .anyMatch(sold -> sold.listed(offers).price() == null);
  }

  /// Whether a transaction is held for its price alone, and nobody has decided.
  public boolean isPriceDoubted(String saleKey) {
    return !isOffered(saleKey)
        && all(Fact.Judged.class).stream()
            .anyMatch(judged -> judged.key().equals(saleKey) && judged.isOpenPrice());
  }

  /// When the money of a transaction went back and came again, alternating: one entry is refunded,
  /// two are refunded and reversed, and so on. A reversal without a refund before it counts for
  /// nothing yet. More facts make the list longer, so what was posted stays its beginning; but that
  /// a refund goes to another product of its transaction once that is known.
  public List<Long> refundTurns(Fact.Sold sale) {
    var turns = new ArrayList<Long>();
    for (Fact.Refunded refund : all(Fact.Refunded.class)) {
      boolean concerns =
          isOf(sale, refund.transaction())
              && (refund.purchasedAt() == 0 || sale.isNear(refund.purchasedAt()))
              && isFor(refund, sale);
      if (concerns && refund.reversed() == (turns.size() % 2 == 1)) {
        turns.add(refund.at());
      }
    }
    return turns;
  }

  /// Whether a refund is for a product: of a transaction that paid for several it names one.
  private boolean isFor(Fact.Refunded refund, Fact.Sold sale) {
    String product = refund.product();
    return product == null
        || product.equals(sale.product())
        || all(Fact.Sold.class).stream()
            .noneMatch(
                other -> isOf(other, refund.transaction()) && other.product().equals(product));
  }

  /// How much of a payment with partial refunds is refunded: the latest total, with the refunds
  /// that failed since taken off, and no less than the refunds known to stand.
  public long refundedAmount() {
    long total = 0;
    long totalAt = Long.MIN_VALUE;
    for (Fact.RefundTotal seen : all(Fact.RefundTotal.class)) {
      total = seen.at() == totalAt ? Math.max(total, seen.amount()) : seen.amount();
      totalAt = seen.at();
    }
    Map<String, Long> standing = new LinkedHashMap<>();
    all(Fact.RefundSeen.class).stream()
        .filter(seen -> !seen.failed())
        .forEach(seen -> standing.put(seen.refund(), seen.amount()));
    for (Fact.RefundSeen seen : all(Fact.RefundSeen.class)) {
      if (seen.failed()) {
        standing.remove(seen.refund());
        if (seen.at() >= totalAt) {
          total -= seen.amount();
        }
      }
    }
    long known = standing.values().stream().mapToLong(Long::longValue).sum();
    return Math.max(0, Math.max(total, known));
  }

  /// The disputes of this payment: of each what was settled last, a loss before a win before an
  /// opening, and then what knows of most movements of money.
  public Disputes disputes() {
    Map<String, Fact.Disputed> latest = new TreeMap<>();
    Comparator<Fact.Disputed> order =
        Comparator.<Fact.Disputed>comparingInt(dispute -> rank(dispute.state()))
            .thenComparingInt(Fact.Disputed::movements)
            .thenComparing(BY_TIME);
    all(Fact.Disputed.class)
        .forEach(stated ->
            latest.merge(
                stated.dispute(),
                stated,
                (one, other) -> order.compare(one, other) >= 0 ? one : other));
    boolean open = false;
    long disputed = 0;
    long lost = 0;
    long contested = 0;
    Map<String, Long> fees = new TreeMap<>();
    for (Fact.Disputed dispute : latest.values()) {
      switch (dispute.state()) {
        case OPEN -> {
          open = true;
          contested += dispute.amount();
          disputed += dispute.movements() > 0 ? dispute.amount() : 0;
        }
        case LOST -> lost += dispute.amount();
        case WON -> {}
      }
      dispute.fees().forEach((currency, fee) -> fees.merge(currency, fee, Math::addExact));
    }
    return new Disputes(open, disputed, lost, fees, contested, lost);
  }

  private static int rank(Fact.DisputeState state) {
    return switch (state) {
      case OPEN -> 0;
      case WON -> 1;
      case LOST -> 2;
    };
  }
}
