package dev.fireside.payments.purchases;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.store.CustomerStore;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The providers' customers as one transaction knows them: whom they stand for, and what went from
/// them to others.
final class CustomerBook {
  private final CustomerStore store;
  private final PurchaseStore purchases;
  private final Transaction transaction;
  private final Map<String, Customer> customers = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();

  CustomerBook(CustomerStore store, PurchaseStore purchases, Transaction transaction) {
    this.store = store;
    this.purchases = purchases;
    this.transaction = transaction;
  }

  /// A customer. Reads.
  Customer get(String id) {
    return customers.computeIfAbsent(id, key -> store.get(transaction, key));
  }

  /// The person behind a customer id, if one is known. Reads.
  Optional<Uid> person(String id) {
    return Customer.person(id, this::get);
  }

  /// Notes what some work says of customers, and finds the purchases that change hands by it.
  /// Reads.
  Map<PurchaseKey, Purchase> note(Work work) {
    var found = new LinkedHashMap<PurchaseKey, Purchase>();
    work.aliases().forEach((id, uid) -> alias(id, uid, found));
    Work.Transfer transfer = work.transfer();
    if (transfer != null) {
      var given =
          new Customer.Transfer(
              transfer.event(), transfer.at(), transfer.store(), transfer.book(), transfer.to());
      givers(transfer).forEach(giver -> give(giver, List.of(given), found));
    }
    return found;
  }

  private Set<String> givers(Work.Transfer transfer) {
    var givers = new LinkedHashSet<>(transfer.from());
    transfer.from().forEach(id -> person(id).map(Uid::value).ifPresent(givers::add));
    givers.remove(transfer.to());
    return givers;
  }

  private void alias(String id, Uid uid, Map<PurchaseKey, Purchase> found) {
    Customer known = get(id);
    if (!Customer.isPerson(id) && !uid.equals(known.uid())) {
      change(new Customer(id, uid, known.transfers()));
      // What was transferred away from the id before anybody knew, was the person's.
      give(
          uid.value(),
          known.transfers().stream()
              .filter(transfer -> !transfer.to().equals(uid.value()))
              .toList(),
          found);
    }
  }

  /// Notes what went from somebody, and finds the purchases that are concerned.
  private void give(
      String giver, List<Customer.Transfer> transfers, Map<PurchaseKey, Purchase> found) {
    for (Customer.Transfer transfer : transfers) {
      change(get(giver).with(transfer));
    }
    // What gives no access has no owner that matters: it is found when it is settled next.
    transfers.stream()
        .map(Customer.Transfer::book)
        .distinct()
        .flatMap(book -> purchases.accessHeldBy(transaction, giver, book).stream())
        .filter(purchase -> transfers.stream().anyMatch(given -> given.concerns(purchase.key())))
        .forEach(purchase -> found.put(purchase.key(), purchase));
  }

  private void change(Customer customer) {
    if (!customer.equals(customers.put(customer.id(), customer))) {
      changed.add(customer.id());
    }
  }

  /// Writes the customers that have changed.
  void write(Instant now) {
    changed.forEach(id -> store.put(transaction, get(id), now));
  }
}
