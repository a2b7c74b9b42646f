package dev.fireside.payments.settlement;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.settlement.domain.Movement;
import dev.fireside.stripe.Payload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds charges of which nobody booked the sale, or not all of it, and what became of such sales.
final class FindUnbooked {
  /// Purchases read at once.
  private static final int PAGE = 100;

  private final PurchaseStore purchases;

  FindUnbooked(PurchaseStore purchases) {
    this.purchases = purchases;
  }

  /// A balance transaction with what it is about.
  private record Moved(Movement movement, Payload source, List<PurchaseKey> keys) {}

  /// What came of sales that are not booked, less what went back of them, in minor units by
  /// currency.
  ///
  /// @param listing balance transactions with their sources inside
  Map<String, Long> find(List<Payload> listing, Book of) {
    List<Moved> moved =
        listing.stream()
            .filter(one -> one.has("source") && one.usableId("source") == null)
            .map(one -> {
              Payload source = one.object("source");
              return new Moved(ReadMovement.of(one), source, keys(source, of).toList());
            })
            .filter(one -> one.movement().isOfSale())
            .toList();
    var missing = new TreeMap<String, Long>();
    for (int from = 0; from < moved.size(); from += PAGE) {
      List<Moved> page = moved.subList(from, Math.min(moved.size(), from + PAGE));
      Map<PurchaseKey, Purchase> known =
          purchases.find(
              page.stream().flatMap(one -> one.keys().stream()).collect(Collectors.toSet()));
      page.forEach(one -> add(missing, one, known));
    }
    missing.values().removeIf(amount -> amount == 0);
    return missing;
  }

  private static void add(
      Map<String, Long> missing, Moved moved, Map<PurchaseKey, Purchase> known) {
    Movement movement = moved.movement();
    Money amount = movement.charged() == null ? movement.amount() : movement.charged();
    List<Sale> sales =
        moved.keys().stream()
            .flatMap(key -> Stream.ofNullable(known.get(key)))
            .flatMap(purchase -> purchase.sales().values().stream())
            .filter(sale -> !sale.outOfBand() && isIn(sale.price(), amount.currency()))
            .toList();
    if (sales.isEmpty()) {
      missing.merge(amount.currency(), amount.minor(), Math::addExact);
      // What a dispute costs is booked with its sale.
      missing.merge(movement.amount().currency(), -movement.feeOfDispute(), Math::addExact);
    } else if (movement.isCharge()) {
      long booked = sales.stream().mapToLong(Sale::paid).sum();
      missing.merge(amount.currency(), amount.minor() - booked, Math::addExact);
    }
  }

  private static boolean isIn(@Nullable Money price, String currency) {
    return price != null && price.currency().equals(currency);
  }

  /// What the purchase of a charge, refund or dispute can be known by: its payment, else its
  /// charge, and in old versions its invoice where nobody knew its payment.
  private static Stream<PurchaseKey> keys(Payload source, Book of) {
    String payment = source.usableId("payment_intent");
    String charge = source.usableId("charge");
    String id = payment == null ? charge : payment;
    return Stream.of(id == null ? source.usableId("id") : id, source.usableId("invoice"))
        .filter(name -> name != null)
        .map(name -> new PurchaseKey("stripe", of, String.valueOf(name)));
  }
}
