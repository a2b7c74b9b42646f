package dev.fireside.payments.reviews;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Review.Refund;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.payments.reviews.store.StripeRefunds;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what nobody decided in time, and asks providers for the money that decisions give back.
final class CloseOverdue {
  private static final Logger log = LoggerFactory.getLogger(CloseOverdue.class);
  private static final int PAGE = 100;

  private final Documents documents;
  private final ReviewStore reviews;
  private final DecideCase decide;
  private final StripeRefunds refunds;
  private final Clock clock;

  CloseOverdue(
      Documents documents,
      ReviewStore reviews,
      DecideCase decide,
      StripeRefunds refunds,
      Clock clock) {
    this.documents = documents;
    this.reviews = reviews;
    this.decide = decide;
    this.refunds = refunds;
    this.clock = clock;
  }

  /// Does all that is due.
  void close() {
    each(
        limit -> reviews.overdue(documents, clock.instant(), limit),
        review -> {
          if (!decide.decideOverdue(review.doubt().id()).isOpen()) {
            log.warn("Nobody decided case {} in time", review.doubt().id());
          }
        });
    each(limit -> reviews.refundsDue(documents, limit), this::giveBack);
  }

  private interface Task {
    void run(Review review);
  }

  private static void each(IntFunction<List<Review>> page, Task task) {
    Set<String> seen = new HashSet<>();
    while (true) {
      List<Review> due =
          page.apply(PAGE + seen.size()).stream()
              .filter(review -> seen.add(review.doubt().id()))
              .toList();
      if (due.isEmpty()) {
        return;
      }
      for (Review review : due) {
        try {
          task.run(review);
        } catch (RuntimeException e) {
          // The others are not to wait for this one; it is due again with the next call.
          log.error("Case {} does not go on", review.doubt().id(), e);
        }
      }
    }
  }

  private void giveBack(Review review) {
    PurchaseKey purchase = review.doubt().purchase();
    String id = review.doubt().id();
    if (purchase == null || !StripeRefunds.canRefund(purchase.id())) {
      log.error("ALERT case {} needs a refund by hand", id);
      note(id, Refund.MANUAL);
    } else if (!refunds.isConfigured()) {
      log.error("ALERT case {} needs a refund, and STRIPE_API_KEY is not set", id);
    } else {
      switch (refunds.refund(purchase.id(), id)) {
        // The refund's own event books it.
        case GIVEN -> note(id, Refund.ASKED);
        case DISPUTED -> {
          log.warn("Case {} gives nothing back: the payment was charged back", id);
          note(id, Refund.DISPUTED);
        }
        case UNKNOWN -> {
          log.error("ALERT case {} needs a refund by hand", id);
          note(id, Refund.MANUAL);
        }
        case LATER -> {}
      }
    }
  }

  private void note(String id, Refund refund) {
    documents.transact(transaction -> {
      Review current = reviews.find(transaction, id).orElseThrow();
      reviews.put(transaction, current.withRefund(refund), clock.instant());
      return true;
    });
  }
}
