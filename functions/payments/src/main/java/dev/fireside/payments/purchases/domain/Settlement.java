package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.JournalKind;
import dev.fireside.ledger.domain.Position;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares what the facts of a purchase ask for with what was done, and says what is left to do.
///
/// The whole of payments hangs on this: it reads nothing but its arguments, so the outcome does not
/// depend on which event came when, and doing it again does nothing.
public final class Settlement {
  /// What is due.
  ///
  /// @param purchase the purchase once it is done
  /// @param journals journals to post, in order, all units still in the person's own account
  /// @param access what the purchase lets its owner do
  public record Outcome(Purchase purchase, List<Journal> journals, Access access) {
    public Outcome {
      journals = List.copyOf(journals);
    }
  }

  private final Purchase purchase;
  private final PurchaseFacts facts;
  private final PurchaseKey key;
  private final Function<String, Optional<Product>> catalogue;
  private final Function<String, Customer> customers;
  private final List<Journal> journals = new ArrayList<>();
  private final Map<String, Sale> sales;
  private final Set<String> adjusted;
  private final Set<String> waiting = new TreeSet<>();
  private final Shares shares;

  private Settlement(
      Purchase purchase,
      Function<String, Optional<Product>> catalogue,
      Function<String, Customer> customers) {
    this.purchase = purchase;
    this.facts = purchase.facts();
    this.shares = new Shares(facts);
    this.key = facts.key();
    this.catalogue = catalogue;
    this.customers = customers;
    this.sales = new TreeMap<>(purchase.sales());
    this.adjusted = new TreeSet<>(purchase.adjusted());
  }

  /// What is due for a purchase.
  ///
  /// @param catalogue finds a product by a store's id
  /// @param customers finds a customer; unknown ones too
  public static Outcome of(
      Purchase purchase,
      Function<String, Optional<Product>> catalogue,
      Function<String, Customer> customers) {
    return new Settlement(purchase, catalogue, customers).settle();
  }

  private Outcome settle() {
    facts.all(Fact.Sold.class).forEach(this::settle);
    facts.all(Fact.Adjusted.class).forEach(this::adjust);
    Access access = new AccessRules(facts, this::product).access();
    boolean grants = !access.until().isEmpty();
    // What gives no access has nothing that could change hands.
    List<String> trail = grants ? trail() : List.of();
    Uid owner = null;
    if (!trail.isEmpty()) {
      String holder = trail.getLast();
      if (Customer.isPerson(holder)) {
        owner = new Uid(holder);
      } else {
        waiting.add("customer:" + holder);
      }
    }
    var settled = new Purchase(facts, sales, adjusted, owner, trail, List.copyOf(waiting), grants);
    return new Outcome(settled, journals, access);
  }

  private List<String> trail() {
    return facts
        .latest(Fact.Held.class)
        .map(seen -> Customer.trail(key, seen, customers))
        .orElseGet(purchase::trail);
  }

  private Optional<Product> product(String id) {
    Optional<Product> product = catalogue.apply(id);
    if (product.isEmpty()) {
      waiting.add("product:" + id);
    }
    return product;
  }

  private void settle(Fact.Sold sold) {
    Sale sale = sales.get(sold.key());
    if (sale == null || !sale.isAssigned()) {
      sale = grant(sold, sale);
    }
    if (sale == null) {
      return;
    }
    sale = reassigned(sale);
    List<Long> turns = facts.refundTurns(sold);
    for (int turn = sale.state().turns() + 1; turn <= turns.size(); turn++) {
      sale = turn(sale, turn, turns.get(turn - 1));
    }
    if ((sale.state().turns() - turns.size()) % 2 != 0) {
      // It was for another product of its transaction, which was not known by then.
      sale = turn(sale, sale.state().turns() + 1, lastAt());
    }
    if (turns.isEmpty()) {
      sale = settleRefunds(sale);
    }
    sale = settleDisputes(sale);
    Hold hold = facts.holdOf(sold.key());
    if (hold != sale.state().hold()) {
      sale = step(sale, sale.state().withHold(hold), kindOf(hold), null, lastAt());
    }
    sales.put(sale.key(), sale);
  }

  /// What was granted to somebody whom an admin had named wrongly goes to whom it is: from the one
  /// what they still have, the rest as their debt; the money stays where it is.
  private Sale reassigned(Sale sale) {
    Uid person = facts.latest(Fact.Assigned.class).map(said -> new Uid(said.to())).orElse(null);
    if (person == null || !sale.isAssigned() || person.equals(sale.uid())) {
      return sale;
    }
    Sale nobodys = sale.of(null);
    Sale theirs = sale.of(person).after(sale.state());
    List<Posting> from = position(nobodys).since(position(sale));
    if (!from.isEmpty()) {
      String step = String.valueOf(theirs.steps());
      JournalKind kind = PurchaseJournals.REASSIGNED;
      String taken = id(sale.key(), kind, step + ":from");
      add(sale, taken, kind, null, from, lastAt());
      List<Posting> to = position(theirs).since(position(nobodys));
      add(theirs, id(sale.key(), kind, step + ":to"), kind, null, to, lastAt());
    }
    return theirs;
  }

  /// The whole of a sale goes back or comes again: each time the journal before is reversed, so
  /// that none ever is twice.
  private Sale turn(Sale sale, int turn, long at) {
    SaleState next = sale.state().withTurn(turn, sale.paid());
    Sale after = sale.after(next);
    if (sale.isBooked()) {
      add(
          sale,
          turnId(sale.key(), turn),
          turnKind(turn),
          turnId(sale.key(), turn - 1),
          change(sale, next),
          at);
    }
    return after;
  }

  private static JournalKind turnKind(int turn) {
    if (turn == 0) {
      return PurchaseJournals.GRANT;
    }
    return turn % 2 == 1 ? PurchaseJournals.REFUND : PurchaseJournals.REFUND_REVERSED;
  }

  private String turnId(String saleKey, int turn) {
    return id(saleKey, turnKind(turn), String.valueOf(turn));
  }

  private static JournalKind kindOf(Hold hold) {
    return switch (hold) {
      case OPEN -> PurchaseJournals.RELEASE;
      case HELD -> PurchaseJournals.HOLD;
      case DENIED -> PurchaseJournals.DENY;
    };
  }

  private Optional<Uid> receiver(String holder, long at) {
    Optional<Uid> person = facts.receiver(holder, at, customers);
    if (person.isEmpty()) {
      // Whoever of them is known first, gets it.
      Customer.trail(key, new Fact.Held("", at, holder), customers)
          .forEach(nobody -> waiting.add("customer:" + nobody));
    }
    return person;
  }

  /// @param unassigned what of it is booked already; null for nothing
  private @Nullable Sale grant(Fact.Sold sold, @Nullable Sale unassigned) {
    Optional<Product> product = product(sold.product());
    Optional<Uid> person = receiver(sold.holder(), sold.at());
    if (product.isEmpty() || person.isEmpty()) {
      return unassigned == null ? receive(sold) : unassigned;
    }
    Map<Asset, Long> units = new TreeMap<>(java.util.Comparator.comparing(Asset::code));
    product
        .get()
        .units()
        .forEach((asset, count) -> units.put(asset, Math.multiplyExact(count, sold.quantity())));
    // A change of plan within a period gives nothing.
    units.values().removeIf(count -> count == 0);
    Sale known =
        unassigned == null
            ? Sale.unassigned(sold, key.store(), facts.holdOf(sold.key()))
            : unassigned;
    Sale granted = known.assigned(person.get(), product.get().id(), units);
    if (unassigned != null) {
      // The money stands in the books; it goes on from where it is by now.
      String grant = turnId(granted.key(), 0);
      List<Posting> postings = position(granted).since(position(unassigned));
      String id = id(granted.key(), PurchaseJournals.ASSIGNED, "0");
      add(granted, id, PurchaseJournals.ASSIGNED, grant, postings, soldAt(sold));
    } else if (granted.isBooked()) {
      add(granted, sold);
    }
    return granted;
  }

  /// Books the money of what cannot be granted yet; null where it was free.
  private @Nullable Sale receive(Fact.Sold sold) {
    Sale sale = Sale.unassigned(sold, key.store(), facts.holdOf(sold.key()));
    if (!sale.isBooked()) {
      return null;
    }
    add(sale, sold);
    return sale;
  }

  private void add(Sale sale, Fact.Sold sold) {
    List<Posting> postings = position(sale).since(new Position());
    add(sale, turnId(sale.key(), 0), PurchaseJournals.GRANT, null, postings, soldAt(sold));
  }

  private Position position(Sale sale) {
    return sale.position(key.store(), sale.state());
  }

  private static long soldAt(Fact.Sold sold) {
    return sold.purchasedAt() == 0 ? sold.at() : sold.purchasedAt();
  }

  /// Partial refunds are stated as totals: what is posted is the difference.
  private Sale settleRefunds(Sale sale) {
    long target = shares.refundedOf(sale.key());
    if (!shares.isOnePayment() || target == sale.state().refunded()) {
      return sale;
    }
    return step(
        sale,
        sale.state().withRefunded(target),
        Math.abs(target) > Math.abs(sale.state().refunded())
            ? PurchaseJournals.PARTIAL_REFUND
            : PurchaseJournals.PARTIAL_REFUND_REVERSED,
        turnId(sale.key(), 0),
        lastAt());
  }

  private Sale settleDisputes(Sale sale) {
    Disputes before = sale.state().disputes();
    Disputes now = shares.disputesOf(sale.key());
    if (now.equals(before)) {
      return sale;
    }
    JournalKind kind = PurchaseJournals.DISPUTE_UPDATED;
    if (now.lost() > before.lost()) {
      kind = PurchaseJournals.DISPUTE_LOST;
    } else if (now.open() != before.open()) {
      kind = now.open() ? PurchaseJournals.DISPUTE_OPENED : PurchaseJournals.DISPUTE_WON;
    }
    long at = facts.latest(Fact.Disputed.class).map(Fact::at).orElseGet(this::lastAt);
    return step(sale, sale.state().with(now), kind, null, at);
  }

  private Sale step(
      Sale sale, SaleState next, JournalKind kind, @Nullable String reverses, long at) {
    Sale after = sale.after(next);
    List<Posting> postings = change(sale, next);
    if (!postings.isEmpty()) {
      String id = id(sale.key(), kind, String.valueOf(after.steps()));
      add(sale, id, kind, reverses, postings, at);
    }
    return after;
  }

  private List<Posting> change(Sale sale, SaleState next) {
    return sale.position(key.store(), next).since(sale.position(key.store(), sale.state()));
  }

  private void add(
      Sale sale,
      String id,
      JournalKind kind,
      @Nullable String reverses,
      List<Posting> postings,
      long at) {
    journals.add(
        new Journal(id, kind, key.book(), sale.uid(), Instant.ofEpochMilli(at), reverses, postings)
            .labelled(sale.labels()));
  }

  private String id(String saleKey, JournalKind kind, String number) {
    return String.join(":", key.store(), key.book().wireName(), saleKey, kind.wireName(), number);
  }

  private void adjust(Fact.Adjusted fact) {
    String id = fact.adjustment() + ":" + fact.code();
    Optional<Uid> person = receiver(fact.holder(), fact.at());
    if (person.isEmpty()) {
      return;
    }
    if (fact.amount() == 0 || !adjusted.add(id)) {
      return;
    }
    var position = new Position();
    position.move(
        AccountName.issuance(fact.code()),
        AccountName.inventory(person.get()),
        Asset.unit(true, fact.code()),
        fact.amount());
    journals.add(
        new Journal(
            key.store() + ":" + key.book().wireName() + ":adjustment:" + id,
            PurchaseJournals.ADJUSTMENT,
            key.book(),
            person.get(),
            Instant.ofEpochMilli(fact.at()),
            null,
            position.since(new Position())));
  }

  private long lastAt() {
    return facts.list().isEmpty() ? 0 : facts.list().getLast().at();
  }
}
