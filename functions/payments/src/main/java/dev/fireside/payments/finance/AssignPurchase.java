package dev.fireside.payments.finance;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.PurchaseJournals;
import dev.fireside.payments.purchases.store.PurchaseFinder;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// States whose a purchase is that waits for a person: all of the store's customer becomes theirs,
/// and who said so stands in the books. Said again, with a reason, it goes to somebody else.
final class AssignPurchase {
  private static final String CUSTOMER = Purchase.CUSTOMER + ":";

  /// Purchases that one correction moves.
  private static final int MOVED_MAX = 50;

  private final PurchaseStore purchases;
  private final PurchaseFinder finder;
  private final ApplyFacts apply;
  private final Accounts accounts;
  private final Clock clock;

  /// What an admin says.
  ///
  /// @param id names what is said: said again it is the same
  /// @param reason why somebody else was named before; null for nothing
  record Said(String id, Uid person, Uid by, @Nullable String reason) {}

  AssignPurchase(Platform platform, PurchaseStore purchases) {
    this.purchases = purchases;
    this.finder = new PurchaseFinder(platform.documents());
    this.apply = new ApplyFacts(platform, new AssessFraud(platform));
    this.accounts = platform.accounts();
    this.clock = platform.clock();
  }

  /// Assigns a purchase. Throws a problem where it waits for nobody and nobody has assigned it
  /// before, would be the caller's own, or there is no such person.
  void assign(PurchaseKey key, Said said) {
    if (said.person().equals(said.by())) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN, "Somebody else must say that a purchase is yours");
    }
    if (accounts.roles(said.person()).isEmpty()) {
      throw invalid(ProblemType.NOT_FOUND, "uid", "is nobody's");
    }
    Purchase purchase = purchases.find(List.of(key)).get(key);
    if (purchase == null) {
      throw ProblemException.notFound("purchase");
    }
    Map<String, Uid> aliases = new HashMap<>();
    purchase.waiting().stream()
        .filter(what -> what.startsWith(CUSTOMER))
        .forEach(what -> aliases.put(what.substring(CUSTOMER.length()), said.person()));
    if (aliases.isEmpty()) {
      correct(purchase, said);
      return;
    }
    String journal = "decision:assign:" + key.name();
    apply.apply(
        Work.of(key, List.of(assigned(said)))
            .withAliases(aliases)
            .with(noting(key, journal, said, "assign by " + said.by())));
  }

  private void correct(Purchase purchase, Said said) {
    PurchaseKey key = purchase.key();
    Fact.Assigned before = purchase.facts().latest(Fact.Assigned.class).orElse(null);
    if (before == null) {
      throw ProblemException.conflict(
          Reason.NOT_WAITING, "The purchase does not wait for a person");
    }
    if (before.to().equals(said.person().value())) {
      return;
    }
    if (said.reason() == null) {
      throw invalid(
          ProblemType.INVALID_INPUT, "reason", "is missing: it was said to be " + before.to());
    }
    Set<String> customers = customers(purchase);
    List<Purchase> theirs =
        finder.find(PurchaseFinder.By.PERSON, before.to(), null, MOVED_MAX + 1).stream()
            .filter(other -> !Collections.disjoint(customers(other), customers))
            .toList();
    if (theirs.size() > MOVED_MAX) {
      throw ProblemException.conflict(
          Reason.TOO_MANY, "The customer has more than " + MOVED_MAX + " purchases");
    }
    Work work = Work.of(key, List.of(assigned(said)));
    for (Purchase other : theirs) {
      if (!other.key().equals(key)) {
        work = work.with(other.key(), List.of(assigned(said)));
      }
    }
    Map<String, Uid> aliases = new HashMap<>();
    customers.forEach(customer -> aliases.put(customer, said.person()));
    Act unchanged =
        transaction -> {
          if (purchases
              .get(transaction, key)
              .facts()
              .latest(Fact.Assigned.class)
              .filter(before::equals)
              .isEmpty()) {
            throw ProblemException.conflict(Reason.CASE_BUSY, "Others assign the purchase");
          }
          return Act.Plan.nothing();
        };
    String memo =
        "assign to %s from %s by %s: %s"
            .formatted(said.person(), before.to(), said.by(), said.reason());
    String journal = "decision:assign:" + key.name() + ":" + said.id();
    apply.apply(work.withAliases(aliases).with(unchanged).with(noting(key, journal, said, memo)));
  }

  /// The store's customers who made or held a purchase, under names that are no person's.
  private static Set<String> customers(Purchase purchase) {
    return Stream.concat(
            purchase.facts().all(Fact.Sold.class).stream().map(Fact.Sold::holder),
            purchase.facts().all(Fact.Held.class).stream().map(Fact.Held::holder))
        .filter(holder -> !Customer.isPerson(holder))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Fact assigned(Said said) {
    return new Fact.Assigned("assign:" + said.id(), clock.millis(), said.person().value());
  }

  private static ProblemException invalid(ProblemType type, String field, String message) {
    return ProblemException.invalid(type, List.of(new FieldError(field, message)));
  }

  private Act noting(PurchaseKey key, String id, Said said, String memo) {
    Instant now = clock.instant();
    var journal =
        new Journal(
            id, PurchaseJournals.DECISION, key.book(), said.person(), now, null, List.of(), memo);
    return _ -> new Act.Plan(List.of(journal), List.of(), _ -> {});
  }
}
