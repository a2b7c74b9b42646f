package dev.fireside.payments.reviews;

import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.reviews.domain.Review;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refund of one transaction among several that were paid for together. Stripe only gives back
/// amounts of the whole: which line an amount is for, the decision says.
final class LineRefund {
  /// Evidence of a refund that is asked for: whether it is all that is left.
  static final String WHOLE = "whole";

  private LineRefund() {}

  /// How much a decision gives back; null for all that is left of the payment.
  static @Nullable Money amount(Review review, Purchase purchase) {
    String currency = review.doubt().currency();
    if (review.isRequest() && currency != null) {
      return review.doubt().evidence().containsKey(WHOLE)
          ? null
          : new Money(review.doubt().minor(), currency);
    }
    Sale sale = line(review, purchase);
    return sale == null ? null : left(sale);
  }

  /// The transaction that a case is about, if its payment was for others too; null otherwise.
  static @Nullable Sale line(Review review, Purchase purchase) {
    String key = review.doubt().sale();
    Sale sale = key == null ? null : purchase.sales().get(key);
    return sale != null && sale.price() != null && lineId(purchase, sale.key()) != null
        ? sale
        : null;
  }

  /// What is left of a price, as far as Stripe can move it.
  static Money left(Sale sale) {
    Money price = sale.price();
    if (price == null) {
      throw new IllegalArgumentException("A free transaction has no refund");
    }
    long left = sale.paid() - sale.state().refunded();
    return new Money(
        left - Math.floorMod(left, Money.stripeStep(price.currency())), price.currency());
  }

  /// What a decision says of the line that its money is of; null where it is of all lines.
  static @Nullable Fact credited(Review review, Purchase purchase, long at) {
    Sale sale = line(review, purchase);
    Money amount = sale == null ? null : amount(review, purchase);
    String line = sale == null ? null : lineId(purchase, sale.key());
    return amount == null || line == null
        ? null
        : new Fact.Credited(id(review), at, note(review), false, Map.of(line, amount.minor()));
  }

  /// Takes back what a decision said of a line; null where it said nothing.
  static @Nullable Fact voided(Review review, Purchase purchase, long at) {
    boolean said =
        purchase.facts().all(Fact.Credited.class).stream()
            .anyMatch(credited -> credited.note().equals(note(review)));
    return said ? new Fact.Credited(id(review), at, note(review), true, Map.of()) : null;
  }

  private static String id(Review review) {
    return review.doubt().id();
  }

  private static String note(Review review) {
    return "case:" + review.doubt().id();
  }

  private static @Nullable String lineId(Purchase purchase, String key) {
    return purchase.facts().all(Fact.Line.class).stream()
        .filter(line -> line.key().equals(key))
        .map(Fact.Line::line)
        .findFirst()
        .orElse(null);
  }
}
