package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.shared.ids.Uid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a store's customer id stands for, and what was transferred away from it.
///
/// @param id the provider's customer id
/// @param uid the person it is an alias of; null for a person's own id and while nobody is known
/// @param transfers purchases that went to somebody else
public record Customer(String id, @Nullable Uid uid, List<Transfer> transfers) {
  /// Transfers kept of one customer.
  public static final int TRANSFERS_MAX = 1_000;

  /// Hops followed for one purchase.
  private static final int HOPS_MAX = 2 * TRANSFERS_MAX;

  private static final String ANONYMOUS = "$RCAnonymousID:";

  /// All purchases of a store went to somebody else.
  ///
  /// @param at when, in milliseconds
  /// @param store a store's name, or [#ANY_STORE]
  public record Transfer(String event, long at, String store, Book book, String to) {
    /// In place of a store's name: purchases of all stores.
    public static final String ANY_STORE = "*";

    /// Whether a purchase is among those that went, if it was there.
    public boolean concerns(PurchaseKey key) {
      return book == key.book() && (store.equals(ANY_STORE) || store.equals(key.store()));
    }
  }

  public Customer {
    transfers = List.copyOf(transfers);
  }

  /// A customer nothing is known of.
  public static Customer unknown(String id) {
    return new Customer(id, null, List.of());
  }

  /// Whether a customer id is a person's own, and not one that a provider made up.
  public static boolean isPerson(String id) {
    return !id.startsWith(ANONYMOUS) && Uid.isValid(id);
  }

  /// This customer and one more transfer; the same event counts once.
  public Customer with(Transfer transfer) {
    if (transfers.stream().anyMatch(known -> known.event().equals(transfer.event()))
        || transfers.size() >= TRANSFERS_MAX) {
      return this;
    }
    var more = new ArrayList<>(transfers);
    more.add(transfer);
    return new Customer(id, uid, more);
  }

  /// The person behind a customer id, if one is known.
  public static Optional<Uid> person(String id, Function<String, Customer> customers) {
    return isPerson(id) ? Optional.of(new Uid(id)) : Optional.ofNullable(customers.apply(id).uid());
  }

  /// Who held a purchase: who held it when it was seen last, then along the transfers since. A
  /// function of facts alone, so the order they came in does not matter, and there is always
  /// exactly one answer: the last.
  ///
  /// @return persons, and customer ids where no person is known; never empty
  public static List<String> trail(
      PurchaseKey key, Fact.Held seen, Function<String, Customer> customers) {
    String holder = seen.holder();
    long since = seen.at();
    String sinceEvent = "";
    var trail = new ArrayList<String>();
    while (trail.size() < HOPS_MAX) {
      trail.add(holder);
      holder = person(holder, customers).map(Uid::value).orElse(holder);
      if (!trail.getLast().equals(holder)) {
        trail.add(holder);
      }
      Transfer next = next(key, customers.apply(holder), since, sinceEvent);
      if (next == null) {
        return trail;
      }
      holder = next.to();
      since = next.at();
      sinceEvent = next.event();
    }
    return trail;
  }

  /// The first person who held a purchase from then on, along its transfers.
  ///
  /// @param holder who held it at that time
  static Optional<Uid> firstPerson(
      PurchaseKey key, String holder, long at, Function<String, Customer> customers) {
    return trail(key, new Fact.Held("", at, holder), customers).stream()
        .filter(Customer::isPerson)
        .findFirst()
        .map(Uid::new);
  }

  /// How many people there are in a trail; ids that a provider made up are nobody of their own.
  public static int people(List<String> trail) {
    return (int) trail.stream().filter(Customer::isPerson).distinct().count();
  }

  private static @Nullable Transfer next(
      PurchaseKey key, Customer from, long since, String sinceEvent) {
    Transfer next = null;
    for (Transfer transfer : from.transfers()) {
      boolean later =
          transfer.at() > since
              || (transfer.at() == since && transfer.event().compareTo(sinceEvent) > 0);
      if (later
          && transfer.concerns(key)
          && (next == null
              || transfer.at() < next.at()
              || (transfer.at() == next.at() && transfer.event().compareTo(next.event()) < 0))) {
        next = transfer;
      }
    }
    return next;
  }
}
