package dev.fireside.payments.purchases;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.ledger.store.CaseStore;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.purchases.Assessor.Finding;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The doubts of one transaction: those found before it and those found in it. Each is a case, and
/// a fact where what is doubted is held back.
final class Doubts {
  private final Assessor assessor;
  private final List<Finding> findings;
  private final CustomerBook customers;
  private final Function<String, Optional<Product>> catalogue;
  private final Map<String, ReviewCase> cases = new LinkedHashMap<>();

  /// Purchases whose person is known now, by the cases that were opened before.
  private final Map<String, Purchase> known = new LinkedHashMap<>();

  /// The cases about purchases whose money is back at the customer.
  private final Set<String> ended = new LinkedHashSet<>();

  /// @param findings what the assessor found before the transaction
  /// @param catalogue finds a product by a store's id
  Doubts(
      Assessor assessor,
      List<Finding> findings,
      CustomerBook customers,
      Function<String, Optional<Product>> catalogue) {
    this.assessor = assessor;
    this.findings = findings;
    this.customers = customers;
    this.catalogue = catalogue;
  }

  /// Notes a case.
  void note(ReviewCase doubt) {
    cases.put(doubt.id(), doubt);
  }

  /// What was found doubtful about a transaction, unless it was granted already.
  List<Fact> about(Purchase purchase, Fact.Sold sold) {
    return findings.stream()
        .filter(finding -> finding.purchase().equals(purchase.key()))
        .filter(finding -> finding.sale().equals(sold.key()))
        .filter(_ -> !purchase.isGranted(sold.key()))
        .flatMap(finding -> raised(finding, sold).stream())
        .toList();
  }

  private Optional<Fact> raised(Finding finding, Fact.Sold sold) {
    note(finding.doubt());
    String sale = finding.doubt().sale() == null ? Fact.Judged.ALL : sold.key();
    return finding.hold() == Hold.OPEN
        ? Optional.empty()
        : Optional.of(
            new Fact.Judged(finding.doubt().id(), sold.at(), sale, finding.hold(), false));
  }

  /// What is doubtful about the prices of transactions that are about to be granted; of one that is
  /// a change of plan, that it is. Reads.
  List<Fact> aboutPrices(Purchase purchase, PlanChanges changes) {
    PurchaseKey key = purchase.key();
    var doubts = new ArrayList<Fact>();
    for (Fact.Sold sold : purchase.facts().all(Fact.Sold.class)) {
      boolean known = purchase.isGranted(sold.key());
      boolean doubted = known && purchase.facts().isPriceDoubted(sold.key());
      boolean due = key.book() == Book.LIVE && (!known || doubted) && !isGivenBack(purchase, sold);
      Product product = due ? catalogue.apply(sold.product()).orElse(null) : null;
      Uid person =
          due
              ? purchase.facts().receiver(sold.holder(), sold.at(), customers::get).orElse(null)
              : null;
      if (product != null && person != null) {
        Fact.Sold listed = sold.listed(purchase.facts().all(Fact.Offered.class));
        Optional<Finding> finding = assessor.assessPrice(key, sold, listed, product, person);
        boolean paid = sold.price() != null && sold.price().minor() >= 0;
        if (finding.isPresent() && paid && changes.explain(purchase, sold, product, person)) {
          doubts.add(new Fact.Offered(sold.event(), sold.at(), sold.key(), null));
        } else if (!known) {
          finding.flatMap(found -> raised(found, sold)).ifPresent(doubts::add);
        }
      }
    }
    return doubts;
  }

  /// Whether it is a line by which an invoice gives money back: that is no price of anything.
  private static boolean isGivenBack(Purchase purchase, Fact.Sold sold) {
    Money price = sold.price();
    return price != null
        && price.minor() < 0
        && purchase.facts().all(Fact.Line.class).stream()
            .anyMatch(line -> line.key().equals(sold.key()));
  }

  /// Notes what is doubtful about a purchase that changed hands.
  void noteTransfer(Purchase purchase, Work.@Nullable Transfer transfer) {
    if (transfer != null && purchase.key().book() == Book.LIVE) {
      assessor.assessTransfer(purchase, transfer).ifPresent(this::note);
    }
  }

  /// The same transaction reported for somebody else is a receipt that is shared: it stays with
  /// whom it was granted to, and opens a case. Reads.
  boolean isShared(Purchase purchase, Fact.Sold sold) {
    Sale sale = purchase.sales().get(sold.key());
    Uid person = customers.person(sold.holder()).orElse(null);
    if (sale == null || sale.uid() == null || person == null || person.equals(sale.uid())) {
      return false;
    }
    PurchaseKey key = purchase.key();
    Money price = sold.price();
    note(
        new ReviewCase(
            "receipt_sharing:" + key.name() + ":" + sold.key() + ":" + person,
            person.value(),
            "receipt_sharing",
            null,
            null,
            price == null ? 0 : price.minor(),
            price == null ? null : price.currency(),
            Map.of(
                "purchase", key.name(),
                "transaction", sold.key(),
                "grantedTo", sale.uid().value(),
                "event", sold.event())));
    return true;
  }

  /// Notes that a store reported one transaction for two purchases.
  void noteRepeated(Journal journal, PurchaseKey key) {
    Uid uid = journal.uid();
    note(
        new ReviewCase(
            "repeated_effect:" + journal.id(),
            uid == null ? "" : uid.value(),
            "repeated_effect",
            null,
            null,
            0,
            null,
            Map.of("purchase", key.name(), "journal", journal.id())));
  }

  /// Says whose the purchase is, and what it cost, in its cases that do not know.
  ///
  /// @param old the purchase as it was before
  void complete(Purchase purchase, Purchase old) {
    if (purchase.isGivenBack(null)) {
      purchase.facts().all(Fact.Judged.class).stream()
          .filter(judged -> !judged.decided())
          .forEach(judged -> ended.add(judged.event()));
    }
    Uid person = purchase.people().stream().findFirst().orElse(null);
    if (person == null) {
      return;
    }
    cases.replaceAll((_, doubt) ->
        purchase.key().equals(doubt.purchase()) ? completed(doubt, purchase, person) : doubt);
    if (old.people().isEmpty()) {
      purchase.facts().all(Fact.Judged.class).stream()
          .filter(judged -> !judged.decided())
          .forEach(judged -> known.put(judged.event(), purchase));
    }
  }

  private static ReviewCase completed(ReviewCase doubt, Purchase purchase, Uid person) {
    Money price = doubt.currency() == null ? purchase.price() : null;
    return new ReviewCase(
        doubt.id(),
        Customer.isPerson(doubt.uid()) ? doubt.uid() : person.value(),
        doubt.reason(),
        doubt.purchase(),
        doubt.sale(),
        price == null ? doubt.minor() : price.minor(),
        price == null ? doubt.currency() : price.currency(),
        doubt.evidence());
  }

  /// Leaves out the cases that were opened before, and finds those that are to be completed. Reads.
  void read(CaseStore store, Transaction transaction) {
    cases.keySet().removeIf(id -> store.exists(transaction, id));
    ended.removeIf(id -> !cases.containsKey(id) && store.openUid(transaction, id).isEmpty());
    known.keySet().removeAll(cases.keySet());
    known
        .keySet()
        .removeIf(
            id -> store.openUid(transaction, id).filter(uid -> !Customer.isPerson(uid)).isEmpty());
  }

  /// Opens the cases, and completes those that were opened before.
  void write(CaseStore store, Transaction transaction, Instant now) {
    cases.values().forEach(doubt -> store.open(transaction, doubt, now));
    known.forEach((id, purchase) ->
        store.complete(transaction, id, purchase.people().iterator().next(), purchase.price()));
    ended.forEach(id -> store.end(transaction, id, now));
  }
}
