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
  /// @param cases all cases about the purchase, where the case asks for a refund: what others ask
  ///   for, or give back, counts too
  public static Stake of(ReviewCase doubt, @Nullable Purchase purchase, List<Review> cases) {
    var people = new HashSet<String>();
    var amounts = new HashMap<String, Long>();
    boolean request = doubt.reason().equals(Review.REFUND_REQUESTED);
    String concerned = request ? null : doubt.sale();
    List<Sale> sales = purchase == null ? List.of() : concerned(concerned, purchase);
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
    if (request && purchase != null && doubt.currency() != null) {
      List<Review> others =
          cases.stream().filter(review -> !review.doubt().id().equals(doubt.id())).toList();
      amounts.merge(doubt.currency(), new Outgoing(purchase, others).sum(), Math::addExact);
    }
    boolean known = doubt.purchase() == null || doubt.currency() != null || !sales.isEmpty();
    return new Stake(people, amounts, known && cases.size() < Review.OF_PURCHASE_MAX);
  }

  /// What a decision to refund gives back, in minor units by currency.
  public Map<String, Long> given(ReviewCase doubt) {
    return doubt.reason().equals(Review.REFUND_REQUESTED) && doubt.currency() != null
        ? Map.of(doubt.currency(), doubt.minor())
        : amounts;
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
