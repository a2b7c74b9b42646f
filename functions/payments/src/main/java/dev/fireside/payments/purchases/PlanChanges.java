package dev.fireside.payments.purchases;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.PurchaseFacts;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Finds out which transactions are changes of plan: they cost a part of a period, or nothing. Some
/// stores report them of the purchase that changes, others as a new one.
final class PlanChanges {
  private final Work work;
  private final PurchaseStore purchases;
  private final Transaction transaction;
  private final CustomerBook customers;
  private final Function<String, Optional<Product>> catalogue;

  /// Of the purchases that the work is about, its own facts included.
  private final List<PurchaseFacts> stated = new ArrayList<>();

  PlanChanges(
      Work work,
      PurchaseStore purchases,
      Transaction transaction,
      CustomerBook customers,
      Function<String, Optional<Product>> catalogue) {
    this.work = work;
    this.purchases = purchases;
    this.transaction = transaction;
    this.customers = customers;
    this.catalogue = catalogue;
  }

  /// Whether a transaction carries out a change that is known. Reads.
  boolean explain(Purchase purchase, Fact.Sold sold, Product product, Uid person) {
    PurchaseKey key = purchase.key();
    Stream<Fact.Changing> known =
        Stream.concat(
            purchase.facts().all(Fact.Changing.class).stream(),
            stated.stream()
                .filter(facts -> isNear(facts.key(), key))
                .flatMap(facts -> facts.all(Fact.Changing.class).stream()));
    return known.anyMatch(change -> isCarriedOut(change, sold, product))
        || purchases.accessHeldBy(transaction, person.value(), key.book()).stream()
            .filter(other -> isNear(other.key(), key))
            .flatMap(other -> other.facts().all(Fact.Changing.class).stream())
            .anyMatch(change -> isCarriedOut(change, sold, product));
  }

  private static boolean isNear(PurchaseKey one, PurchaseKey other) {
    return one.store().equals(other.store()) && one.book() == other.book();
  }

  private boolean isCarriedOut(Fact.Changing change, Fact.Sold sold, Product product) {
    long apart = Math.abs(change.at() - sold.purchasedAt());
    return apart <= Fact.Changing.APART_MAX_MILLIS
        && (change.product().equals(sold.product())
            || catalogue
                .apply(change.product())
                .filter(to -> to.id().equals(product.id()))
                .isPresent());
  }

  /// The purchases that are doubted until such a change is known, and may be explained by those of
  /// some others. Reads.
  ///
  /// @param known the purchases that this work is about, as they were
  List<Purchase> waiting(Collection<Purchase> known) {
    var names = new LinkedHashSet<String>();
    for (Purchase purchase : known) {
      PurchaseKey key = purchase.key();
      PurchaseFacts facts = purchase.facts().with(work.facts().getOrDefault(key, List.of()));
      stated.add(facts);
      Optional<Uid> person =
          facts.latest(Fact.Held.class).flatMap(held -> customers.person(held.holder()));
      facts.all(Fact.Changing.class).stream()
          .filter(change -> !isCarriedOut(change, facts))
          .flatMap(change -> catalogue.apply(change.product()).stream())
          .forEach(product ->
              person.ifPresent(who -> names.add(Purchase.awaited(key, product.id(), who))));
    }
    return names.stream().flatMap(name -> purchases.awaiting(transaction, name).stream()).toList();
  }

  private static boolean isCarriedOut(Fact.Changing change, PurchaseFacts facts) {
    return facts.all(Fact.Sold.class).stream()
        .anyMatch(sold -> sold.at() >= change.at() && sold.product().equals(change.product()));
  }
}
