package dev.fireside.payments.purchases;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.Books;
import dev.fireside.ledger.Progress;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.PurchaseJournals;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.purchases.domain.Settlement;
import dev.fireside.payments.purchases.store.DeliveryStore;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt at an effect inside its transaction: reads everything, settles, then writes.
final class Effect {
  private static final Logger log = LoggerFactory.getLogger(Effect.class);

  private final ApplyFacts.Stores stores;
  private final Transaction transaction;
  private final Instant now;
  private final Progress progress;
  private final Books books;
  private final Goods goods;
  private final CustomerBook customers;
  private final Doubts doubts;
  private final Map<String, Optional<Product>> products = new HashMap<>();
  private final List<Purchase> begunToWait = new ArrayList<>();
  private Optional<Uid> about = Optional.empty();
  private @Nullable Boolean gone;

  /// @param findings what is doubtful about the work, as it was found before
  Effect(
      ApplyFacts.Stores stores,
      Assessor assessor,
      List<Assessor.Finding> findings,
      Transaction transaction,
      Instant now,
      Progress progress) {
    this.stores = stores;
    this.transaction = transaction;
    this.now = now;
    this.progress = progress;
    this.books = new Books(stores.ledger(), transaction, progress);
    this.goods = new Goods(stores.inventories(), stores.ledger(), transaction);
    this.customers = new CustomerBook(stores.customers(), stores.purchases(), transaction);
    this.doubts = new Doubts(assessor, findings, customers, this::product);
  }

  /// @param person whom the work is about, if anybody is known
  Applied run(Work work, Optional<byte[]> sealed, Optional<Uid> person) {
    Delivery delivery = work.delivery();
    Optional<DeliveryStore.Row> seen =
        delivery == null ? Optional.empty() : stores.deliveries().find(transaction, delivery);
    if (delivery != null && seen.isPresent()) {
      Optional<Applied> before = ApplyFacts.repeated(delivery, seen.get());
      if (before.isPresent()) {
        return before.get();
      }
    }
    progress.at("claim read");
    about = person;
    List<Act.Plan> plans = work.acts().stream().map(act -> act.plan(transaction)).toList();
    work.cases().forEach(doubts::note);
    plans.forEach(plan -> plan.cases().forEach(doubts::note));
    var changes = new PlanChanges(work, stores.purchases(), transaction, customers, this::product);
    Map<PurchaseKey, Purchase> before = purchases(work, changes);
    progress.at("purchases read");
    Collection<Settlement.Outcome> outcomes = settle(before, work, changes);
    progress.at("settled");
    outcomes.forEach(this::post);
    for (Settlement.Outcome outcome : outcomes) {
      PurchaseKey key = outcome.purchase().key();
      doubts.complete(outcome.purchase(), before.getOrDefault(key, Purchase.empty(key)));
    }
    postTransfer(work.transfer());
    plans.forEach(plan -> plan.journals().forEach(books::post));
    books.read(goods::move);
    doubts.read(stores.cases(), transaction);
    progress.at("all read");

    if (delivery != null) {
      String outcome = books.isEmpty() ? "noted" : "posted";
      stores.deliveries().claim(transaction, delivery, sealed, seen, outcome, now);
    }
    progress.at("claimed");
    books.write(now);
    goods.write();
    progress.at("inventory written");
    books.journals().forEach(this::notify);
    progress.at("notified");
    outcomes.forEach(outcome -> write(outcome, before));
    customers.write(now);
    doubts.write(stores.cases(), transaction, now);
    plans.forEach(plan -> plan.writes().accept(transaction));
    progress.at("all written");
    return Applied.DONE;
  }

  /// What is left to do after the commit, and may be forgotten.
  void committed() {
    goods.committed();
    for (Purchase purchase : begunToWait) {
      if (purchase.key().book() == Book.LIVE) {
        // Customers' ids are people's: no log names them.
        log.error(
            "ALERT purchase {} waits for {}: see GET /api/payments/waiting",
            purchase.key().name(),
            purchase.waiting().stream()
                .map(what -> what.startsWith("customer:") ? "its customer's person" : what)
                .distinct()
                .toList());
      }
    }
  }

  private Optional<Product> product(String name) {
    return products.computeIfAbsent(name, key -> stores.catalogue().find(transaction, key));
  }

  /// The purchases that the work is about, by key, as they are kept.
  private Map<PurchaseKey, Purchase> purchases(Work work, PlanChanges changes) {
    Map<PurchaseKey, Purchase> found = customers.note(work);
    for (PurchaseKey key : work.facts().keySet()) {
      found.computeIfAbsent(key, missing -> stores.purchases().get(transaction, missing));
    }
    changes
        .waiting(List.copyOf(found.values()))
        .forEach(purchase -> found.putIfAbsent(purchase.key(), purchase));
    return found;
  }

  private Collection<Settlement.Outcome> settle(
      Map<PurchaseKey, Purchase> before, Work work, PlanChanges changes) {
    var outcomes = new LinkedHashMap<PurchaseKey, Settlement.Outcome>();
    before.forEach(
        (key, purchase) -> outcomes.put(key, settle(purchase, work, List.of(), changes)));
    // A subscription follows the payments behind it.
    Map<PurchaseKey, List<Fact>> backing = new LinkedHashMap<>();
    for (Settlement.Outcome outcome : outcomes.values()) {
      outcome
          .purchase()
          .backing()
          .forEach(
              (key, facts) -> backing.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(facts));
    }
    backing.forEach((key, facts) -> {
      Purchase kept =
          before.computeIfAbsent(key, missing -> stores.purchases().get(transaction, missing));
      outcomes.put(key, settle(kept, work, facts, changes));
    });
    return outcomes.values();
  }

  private Settlement.Outcome settle(
      Purchase purchase, Work work, List<Fact> backing, PlanChanges changes) {
    PurchaseKey key = purchase.key();
    List<Fact> facts = new ArrayList<>(work.facts().getOrDefault(key, List.of()));
    facts.addAll(backing);
    facts = purchase.facts().aligned(facts);
    facts.removeIf(fact ->
        fact instanceof Fact.Mailed mailed
            && !purchase.mails().contains(mailed.mail())
            && isGone());
    for (Fact fact : List.copyOf(facts)) {
      if (fact instanceof Fact.Sold sold) {
        if (doubts.isShared(purchase, sold)) {
          // Only a transfer moves it.
          facts.removeIf(other -> other instanceof Fact.Held && other.event().equals(sold.event()));
        }
        facts.addAll(doubts.about(purchase, sold));
      }
    }
    Purchase stated = purchase.with(facts);
    Settlement.Outcome outcome =
        Settlement.of(
            stated.with(doubts.aboutPrices(stated, changes)), this::product, customers::get);
    doubts.noteTransfer(outcome.purchase(), work.transfer());
    return outcome;
  }

  /// Whether the person is gone whom the work is about: their addresses are not kept again.
  private boolean isGone() {
    Boolean known = gone;
    if (known == null) {
      known =
          about
              .map(person -> stores.deliveries().isGone(transaction, person))
              .orElse(Boolean.FALSE);
      gone = known;
    }
    return known;
  }

  private void post(Settlement.Outcome outcome) {
    PurchaseKey key = outcome.purchase().key();
    for (Journal journal : outcome.journals()) {
      if (books.knows(journal.id()) || isGrantedElsewhere(journal)) {
        // The second guard: the store reported one transaction for two purchases.
        doubts.noteRepeated(journal, key);
      } else {
        books.add(journal, key.name());
      }
    }
  }

  /// Whether the money of what is assigned was never unassigned: another purchase had it granted.
  private boolean isGrantedElsewhere(Journal journal) {
    return journal.kind().equals(PurchaseJournals.ASSIGNED)
        && journal.reverses() != null
        && stores.ledger().isOfSomebody(transaction, journal.reverses());
  }

  private void postTransfer(Work.@Nullable Transfer transfer) {
    if (transfer != null) {
      books.post(
          new Journal(
              "transfer:" + transfer.store() + ":" + transfer.event(),
              PurchaseJournals.TRANSFER,
              transfer.book(),
              Customer.isPerson(transfer.to()) ? new Uid(transfer.to()) : null,
              Instant.ofEpochMilli(transfer.at()),
              null,
              List.of(),
              "from " + String.join(",", transfer.from()) + " to " + transfer.to()));
    }
  }

  private void notify(Journal journal) {
    boolean bought =
        journal.kind().equals(PurchaseJournals.GRANT)
            || journal.kind().equals(PurchaseJournals.ASSIGNED);
    String kind = bought ? "purchase" : journal.kind().wireName();
    stores.notifications().create(transaction, journal, kind, now);
  }

  private void write(Settlement.Outcome outcome, Map<PurchaseKey, Purchase> known) {
    Purchase purchase = outcome.purchase();
    PurchaseKey key = purchase.key();
    Purchase old = known.getOrDefault(key, Purchase.empty(key));
    stores.purchases().put(transaction, purchase, now);
    if (!purchase.waiting().isEmpty() && !old.waiting().containsAll(purchase.waiting())) {
      begunToWait.add(purchase);
    }
    progress.at("purchase written");
    Uid owner = purchase.owner();
    if (old.owner() != null && !old.owner().equals(owner)) {
      stores.holdings().removeAccess(transaction, old.owner(), key, now);
    }
    if (owner != null) {
      stores.holdings().putAccess(transaction, owner, key, outcome.access(), now);
    }
    progress.at("access written");
    purchase
        .sales()
        .forEach((saleKey, sale) -> {
          Sale before = old.sales().get(saleKey);
          if (before != null && before.uid() != null && !before.uid().equals(sale.uid())) {
            stores.holdings().removeReceipt(transaction, before.uid(), key, before);
          }
          if (!sale.equals(before)) {
            stores.holdings().putReceipt(transaction, purchase, sale, now);
          }
        });
    progress.at("receipts written");
  }
}
