package dev.fireside.payments.finance;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.PurchaseJournals;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// States whose a purchase is that waits for a person: all of the store's customer becomes theirs,
/// and who said so stands in the books.
final class AssignPurchase {
  private static final String CUSTOMER = Purchase.CUSTOMER + ":";

  private final PurchaseStore purchases;
  private final ApplyFacts apply;
  private final Clock clock;

  AssignPurchase(Platform platform, PurchaseStore purchases) {
    this.purchases = purchases;
    this.apply = new ApplyFacts(platform, new AssessFraud(platform));
    this.clock = platform.clock();
  }

  /// Assigns a purchase. Throws a problem where it waits for nobody, or would be the caller's own.
  void assign(PurchaseKey key, Uid person, Uid by) {
    if (person.equals(by)) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN, "Somebody else must say that a purchase is yours");
    }
    Purchase purchase = purchases.find(List.of(key)).get(key);
    if (purchase == null) {
      throw ProblemException.notFound("purchase");
    }
    Map<String, Uid> aliases = new HashMap<>();
    purchase.waiting().stream()
        .filter(what -> what.startsWith(CUSTOMER))
        .forEach(what -> aliases.put(what.substring(CUSTOMER.length()), person));
    if (aliases.isEmpty()) {
      throw ProblemException.conflict(
          Reason.NOT_WAITING, "The purchase does not wait for a person");
    }
    apply.apply(Work.again(key).withAliases(aliases).with(noting(key, person, by)));
  }

  private Act noting(PurchaseKey key, Uid person, Uid by) {
    Instant now = clock.instant();
    var journal =
        new Journal(
            "decision:assign:" + key.name(),
            PurchaseJournals.DECISION,
            key.book(),
            person,
            now,
            null,
            List.of(),
            "assign by " + by);
    return _ -> new Act.Plan(List.of(journal), List.of(), _ -> {});
  }
}
