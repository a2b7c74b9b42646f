package dev.fireside.payments.reviews.domain;

import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is at stake in a case: as it was when the case was opened, and as its purchase says by now.
///
/// @param people whom it is about, who do not decide
/// @param amounts the money, in minor units by currency
/// @param known whether all of the money is known
public record Stake(Set<String> people, Map<String, Long> amounts, boolean known) {
  public Stake {
    people = Set.copyOf(people);
    amounts = Map.copyOf(amounts);
  }

  /// What is at stake in a case.
  ///
  /// @param purchase the purchase that it is about; null for none
  public static Stake of(ReviewCase doubt, @Nullable Purchase purchase) {
    var people = new HashSet<String>();
    var amounts = new HashMap<String, Long>();
    boolean request = doubt.reason().equals(Review.REFUND_REQUESTED);
    List<Sale> sales = purchase == null ? List.of() : concerned(doubt.sale(), purchase);
    for (Sale sale : sales) {
      if (sale.uid() != null) {
        people.add(sale.uid().value());
      }
      Money price = sale.price();
      if (price != null) {
        long minor = request ? sale.state().refunded() : price.minor();
        amounts.merge(price.currency(), minor, Math::addExact);
      }
    }
    if (purchase != null && purchase.owner() != null) {
      people.add(purchase.owner().value());
    }
    if (Customer.isPerson(doubt.uid())) {
      people.add(doubt.uid());
    }
    if (doubt.currency() != null) {
      // What is asked for comes on top of what went back before, so that no more goes in parts.
      amounts.merge(doubt.currency(), doubt.minor(), request ? Math::addExact : Math::max);
    }
    boolean known = doubt.purchase() == null || doubt.currency() != null || !sales.isEmpty();
    return new Stake(people, amounts, known);
  }

  private static List<Sale> concerned(@Nullable String key, Purchase purchase) {
    return purchase.sales().values().stream()
        .filter(sale -> key == null || key.equals(Fact.Judged.ALL) || key.equals(sale.key()))
        .toList();
  }

  /// Whether two people must decide alike: about so much money, or who knows how much.
  ///
  /// @param from in US dollars, or about as much of another currency
  public boolean needsTwo(long from) {
    return !known
        || amounts.entrySet().stream()
            .anyMatch(amount -> amount.getValue() >= Dollars.in(amount.getKey(), from));
  }
}
