package dev.fireside.payments.reviews.domain;

import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.reviews.domain.Review.Decision;
import dev.fireside.payments.reviews.domain.Review.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Money of one purchase that is on its way back, by what its cases say: asked for, decided or
/// sent, and not seen by a webhook yet.
public final class Outgoing {
  private final Purchase purchase;
  private final List<Review> cases;

  /// @param cases the cases about the purchase
  public Outgoing(Purchase purchase, List<Review> cases) {
    this.purchase = purchase;
    this.cases = List.copyOf(cases);
  }

  /// All of it, in minor units of the purchase's currency.
  public long sum() {
    return cases.stream().mapToLong(this::of).sum();
  }

  /// What can still be asked for, in minor units.
  ///
  /// @param sale of one transaction; null for all of them
  public long left(@Nullable String sale) {
    long left = unreturned(null) - sum();
    if (sale == null) {
      return left;
    }
    long asked =
        cases.stream()
            .filter(review -> sale.equals(review.doubt().sale()))
            .mapToLong(this::of)
            .sum();
    return Math.min(left, unreturned(sale) - asked);
  }

  private long of(Review review) {
    return switch (review.state()) {
      case State.Open _ -> review.isRequest() ? review.doubt().minor() : 0;
      case State.Decided decided -> isUnderWay(decided) ? given(review) : 0;
    };
  }

  private long given(Review review) {
    return review.isRequest() ? review.doubt().minor() : unreturned(review.doubt().sale());
  }

  private boolean isUnderWay(State.Decided decided) {
    if (decided.decision() != Decision.REFUND) {
      return false;
    }
    return switch (decided.refund()) {
      case DUE -> true;
      case ASKED -> decided.refundId() != null && !isSeen(decided.refundId());
      case NONE, MANUAL, DISPUTED -> false;
    };
  }

  private boolean isSeen(String refund) {
    return purchase.facts().all(Fact.RefundSeen.class).stream()
        .anyMatch(seen -> seen.refund().equals(refund));
  }

  /// What of the price is not back at the customer.
  private long unreturned(@Nullable String sale) {
    return purchase.sales().values().stream()
        .filter(sold -> sale == null || sale.equals(Fact.Judged.ALL) || sale.equals(sold.key()))
        .mapToLong(Outgoing::left)
        .sum();
  }

  private static long left(Sale sale) {
    return sale.paid() - sale.state().refunded();
  }
}
