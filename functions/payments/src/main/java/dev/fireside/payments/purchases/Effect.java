package dev.fireside.payments.purchases;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.Books;
import dev.fireside.ledger.Progress;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.fraud.domain.FraudRules;
import dev.fireside.payments.fraud.domain.Verdict;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.PurchaseJournals;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.purchases.domain.Settlement;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One attempt at an effect inside its transaction: reads everything, settles, then writes.
final class Effect {
  private final ApplyFacts.Stores stores;
  private final Transaction transaction;
  private final Instant now;
  private final Progress progress;
  private final Books books;
  private final Goods goods;
  private final Map<String, Customer> customers = new HashMap<>();
  private final Set<String> changedCustomers = new LinkedHashSet<>();
  private final Map<String, Optional<Product>> products = new HashMap<>();
  private final Map<String, ReviewCase> cases = new LinkedHashMap<>();

  Effect(ApplyFacts.Stores stores, Transaction transaction, Instant now, Progress progress) {
    this.stores = stores;
    this.transaction = transaction;
    this.now = now;
    this.progress = progress;
    this.books = new Books(stores.ledger(), transaction, progress);
    this.goods = new Goods(stores.inventories(), stores.ledger(), transaction);
  }

  Applied run(Work work, List<Assessor.Finding> findings, Optional<byte[]> sealed) {
    Delivery delivery = work.delivery();
    if (delivery != null) {
      Optional<String> seen = stores.deliveries().hashOf(transaction, delivery);
      if (seen.isPresent()) {
        return ApplyFacts.repeated(delivery, seen.get());
      }
    }
    progress.at("claim read");
    List<Act.Plan> plans = work.acts().stream().map(act -> act.plan(transaction)).toList();
    work.cases().forEach(this::note);
    plans.forEach(plan -> plan.cases().forEach(this::note));
    Map<PurchaseKey, Purchase> before = purchases(work);
    progress.at("purchases read");
    Collection<Settlement.Outcome> outcomes = settle(before, work, findings);
    progress.at("settled");
    outcomes.forEach(this::post);
    postTransfer(work.transfer());
    plans.forEach(plan -> plan.journals().forEach(books::post));
    books.read(goods::move);
    cases.keySet().removeIf(id -> stores.cases().exists(transaction, id));
    progress.at("all read");

    if (delivery != null) {
      String outcome = books.isEmpty() ? "noted" : "posted";
      stores.deliveries().create(transaction, delivery, sealed, outcome, now);
    }
    progress.at("claimed");
    books.write(now);
    goods.write();
    progress.at("inventory written");
    books.journals().forEach(this::notify);
    progress.at("notified");
    outcomes.forEach(outcome -> write(outcome, before));
    changedCustomers.forEach(id -> stores.customers().put(transaction, customer(id), now));
    cases
        .values()
        .forEach(
            doubt -> stores.cases().open(transaction, doubt, Review.deadline(doubt, now), now));
    plans.forEach(plan -> plan.writes().accept(transaction));
    progress.at("all written");
    return Applied.DONE;
  }

  /// What is left to do after the commit, and may be forgotten.
  void committed() {
    goods.committed();
  }

  private void note(ReviewCase doubt) {
    cases.put(doubt.id(), doubt);
  }

  private Customer customer(String id) {
    return customers.computeIfAbsent(id, key -> stores.customers().get(transaction, key));
  }

  private Optional<Product> product(String name) {
    return products.computeIfAbsent(name, key -> stores.catalogue().find(transaction, key));
  }

  /// The purchases that the work is about, by key, as they are kept.
  private Map<PurchaseKey, Purchase> purchases(Work work) {
    var found = new LinkedHashMap<PurchaseKey, Purchase>();
    work.aliases().forEach((id, uid) -> alias(id, uid, found));
    Work.Transfer transfer = work.transfer();
    if (transfer != null) {
      var given =
          new Customer.Transfer(
              transfer.event(), transfer.at(), transfer.store(), transfer.book(), transfer.to());
      givers(transfer).forEach(giver -> give(giver, List.of(given), found));
    }
    for (PurchaseKey key : work.facts().keySet()) {
      found.computeIfAbsent(key, missing -> stores.purchases().get(transaction, missing));
    }
    return found;
  }

  private Set<String> givers(Work.Transfer transfer) {
    var givers = new LinkedHashSet<>(transfer.from());
    transfer.from().forEach(id -> Customer.person(id, this::customer).ifPresent(givers::add));
    givers.remove(transfer.to());
    return givers;
  }

  private void alias(String id, String uid, Map<PurchaseKey, Purchase> found) {
    Customer known = customer(id);
    if (!Customer.isPerson(id) && !uid.equals(known.uid())) {
      change(new Customer(id, uid, known.transfers()));
      // What was transferred away from the id before anybody knew, was the person's.
      give(
          uid,
          known.transfers().stream().filter(transfer -> !transfer.to().equals(uid)).toList(),
          found);
    }
  }

  /// Notes what went from somebody, and finds the purchases that are concerned.
  private void give(
      String giver, List<Customer.Transfer> transfers, Map<PurchaseKey, Purchase> found) {
    for (Customer.Transfer transfer : transfers) {
      change(customer(giver).with(transfer));
    }
    // What gives no access has no owner that matters: it is found when it is settled next.
    transfers.stream()
        .map(Customer.Transfer::book)
        .distinct()
        .flatMap(book -> stores.purchases().accessHeldBy(transaction, giver, book).stream())
        .filter(purchase ->
            transfers.stream().anyMatch(given -> given.concerns(purchase.lineage().key())))
        .forEach(purchase -> found.put(purchase.lineage().key(), purchase));
  }

  private void change(Customer customer) {
    if (!customer.equals(customers.put(customer.id(), customer))) {
      changedCustomers.add(customer.id());
    }
  }

  private Collection<Settlement.Outcome> settle(
      Map<PurchaseKey, Purchase> before, Work work, List<Assessor.Finding> findings) {
    var outcomes = new LinkedHashMap<PurchaseKey, Settlement.Outcome>();
    before.forEach(
        (key, purchase) -> outcomes.put(key, settle(purchase, work, findings, List.of())));
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
      outcomes.put(key, settle(kept, work, findings, facts));
    });
    return outcomes.values();
  }

  private Settlement.Outcome settle(
      Purchase purchase, Work work, List<Assessor.Finding> findings, List<Fact> backing) {
    PurchaseKey key = purchase.lineage().key();
    List<Fact> facts = new ArrayList<>(work.facts().getOrDefault(key, List.of()));
    facts.addAll(backing);
    for (Fact fact : List.copyOf(facts)) {
      if (fact instanceof Fact.Sold sold) {
        if (isShared(purchase, sold)) {
          // Only a transfer moves it.
          facts.removeIf(other -> other instanceof Fact.Held && other.event().equals(sold.event()));
        }
        facts.addAll(judged(purchase, sold, findings));
      }
    }
    Purchase told = purchase.with(facts);
    Settlement.Outcome outcome =
        Settlement.of(told.with(doubtPrices(told)), this::product, this::customer);
    if (work.transfer() != null && key.book() == Book.LIVE) {
      doubtTransfer(outcome.purchase(), work.transfer());
    }
    return outcome;
  }

  /// What was found doubtful about a transaction, unless it was granted already.
  private List<Fact> judged(Purchase purchase, Fact.Sold sold, List<Assessor.Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.purchase().equals(purchase.lineage().key()))
        .filter(finding -> finding.sale().equals(sold.key()))
        .filter(_ -> !purchase.sales().containsKey(sold.key()))
        .flatMap(finding -> raised(finding, sold).stream())
        .toList();
  }

  private Optional<Fact> raised(Assessor.Finding finding, Fact.Sold sold) {
    note(finding.doubt());
    return finding.hold() == Hold.OPEN
        ? Optional.empty()
        : Optional.of(
            new Fact.Judged(finding.doubt().id(), sold.at(), sold.key(), finding.hold(), false));
  }

  /// Judges prices in the very transaction that grants, since the catalogue may learn of a product
  /// long after its purchase was told.
  private List<Fact> doubtPrices(Purchase purchase) {
    PurchaseKey key = purchase.lineage().key();
    var doubts = new ArrayList<Fact>();
    for (Fact.Sold sold : purchase.lineage().all(Fact.Sold.class)) {
      boolean due = key.book() == Book.LIVE && !purchase.sales().containsKey(sold.key());
      Product product = due ? product(sold.product()).orElse(null) : null;
      String person = due ? Customer.person(sold.holder(), this::customer).orElse(null) : null;
      if (product != null && person != null) {
        var listed = sold.listed(purchase.lineage().all(Fact.Offered.class));
        Verdict verdict = FraudRules.judgePrice(listed, product);
        if (verdict.outcome() != Verdict.Outcome.ALLOW) {
          var finding = Assessor.Finding.of("price", key, sold, person, verdict, Map.of());
          raised(finding, sold).ifPresent(doubts::add);
        }
      }
    }
    return doubts;
  }

  /// What has changed hands often is looked at; until then it is with the last of them.
  private void doubtTransfer(Purchase purchase, Work.Transfer transfer) {
    int holders = Customer.people(purchase.trail());
    Verdict verdict = FraudRules.judgeTransfer(holders);
    if (verdict.outcome() != Verdict.Outcome.ALLOW) {
      PurchaseKey key = purchase.lineage().key();
      var evidence = new HashMap<>(verdict.reasons());
      evidence.put("outcome", "flag");
      evidence.put("event", transfer.event());
      note(
          new ReviewCase(
              "transfer_chain:" + key.name() + ":" + holders,
              transfer.to(),
              verdict.reason(),
              key,
              null,
              0,
              null,
              evidence));
    }
  }

  /// The same transaction told for somebody else is a receipt that is shared: it stays with whom it
  /// was granted to, and opens a case.
  private boolean isShared(Purchase purchase, Fact.Sold sold) {
    Sale sale = purchase.sales().get(sold.key());
    String person = Customer.person(sold.holder(), this::customer).orElse(null);
    if (sale == null || person == null || person.equals(sale.uid())) {
      return false;
    }
    PurchaseKey key = purchase.lineage().key();
    Money price = sold.price();
    note(
        new ReviewCase(
            "receipt_sharing:" + key.name() + ":" + sold.key() + ":" + person,
            person,
            "receipt_sharing",
            null,
            null,
            price == null ? 0 : price.minor(),
            price == null ? null : price.currency(),
            Map.of(
                "purchase", key.name(),
                "transaction", sold.key(),
                "grantedTo", sale.uid(),
                "event", sold.event())));
    return true;
  }

  private void post(Settlement.Outcome outcome) {
    PurchaseKey key = outcome.purchase().lineage().key();
    for (Journal journal : outcome.journals()) {
      if (books.knows(journal.id())) {
        // The second guard: the store told one transaction for two purchases.
        doubtRepeat(journal, key);
      } else {
        books.add(journal, key.name());
      }
    }
  }

  private void doubtRepeat(Journal journal, PurchaseKey key) {
    String uid = journal.uid();
    note(
        new ReviewCase(
            "repeated_effect:" + journal.id(),
            uid == null ? "" : uid,
            "repeated_effect",
            null,
            null,
            0,
            null,
            Map.of("purchase", key.name(), "journal", journal.id())));
  }

  private void postTransfer(Work.@Nullable Transfer transfer) {
    if (transfer != null) {
      books.post(
          new Journal(
              "transfer:" + transfer.store() + ":" + transfer.event(),
              PurchaseJournals.TRANSFER,
              transfer.book(),
              Customer.isPerson(transfer.to()) ? transfer.to() : null,
              Instant.ofEpochMilli(transfer.at()),
              null,
              List.of(),
              "from " + String.join(",", transfer.from()) + " to " + transfer.to()));
    }
  }

  private void notify(Journal journal) {
    boolean bought = journal.kind().equals(PurchaseJournals.GRANT);
    String kind = bought ? "purchase" : journal.kind().wireName();
    stores.notifications().create(transaction, journal, kind, now);
  }

  private void write(Settlement.Outcome outcome, Map<PurchaseKey, Purchase> before) {
    Purchase purchase = outcome.purchase();
    PurchaseKey key = purchase.lineage().key();
    Purchase old = before.getOrDefault(key, Purchase.empty(key));
    stores.purchases().put(transaction, purchase, now);
    progress.at("purchase written");
    String owner = purchase.owner();
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
          if (!sale.equals(old.sales().get(saleKey))) {
            stores.holdings().putReceipt(transaction, purchase, sale, now);
          }
        });
    progress.at("receipts written");
  }
}
