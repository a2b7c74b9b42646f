package dev.fireside.payments.reviews;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Review.Refund;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.payments.reviews.store.StripeRefunds;
import dev.fireside.payments.reviews.store.StripeRefunds.Answer;
import dev.fireside.payments.reviews.store.StripeRefunds.Why;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back the money that a decision says goes back. What was given back takes effect here, and
/// by its webhook too: both state the same, so that whichever comes second does nothing.
final class GiveBack {
  private static final Logger log = LoggerFactory.getLogger(GiveBack.class);

  private final ReviewStore reviews;
  private final PurchaseStore purchases;
  private final ApplyFacts apply;
  private final StripeRefunds refunds;
  private final Clock clock;

  GiveBack(
      ReviewStore reviews,
      PurchaseStore purchases,
      ApplyFacts apply,
      StripeRefunds refunds,
      Clock clock) {
    this.reviews = reviews;
    this.purchases = purchases;
    this.apply = apply;
    this.refunds = refunds;
    this.clock = clock;
  }

  /// Asks the provider, and notes what came of it. A case that waits for the provider stays as it
  /// is.
  void give(Review review) {
    PurchaseKey key = review.doubt().purchase();
    String id = review.doubt().id();
    if (key == null || !StripeRefunds.canRefund(key.id())) {
      log.error("ALERT case {} needs a refund by hand", id);
      note(review, Refund.MANUAL, null, List.of());
    } else if (!refunds.isConfigured()) {
      log.error("ALERT case {} needs a refund, and STRIPE_API_KEY is not set", id);
    } else {
      Purchase purchase = purchases.find(List.of(key)).getOrDefault(key, Purchase.empty(key));
      Money part = LineRefund.amount(review, purchase);
      if (part != null && part.minor() <= 0) {
        // Something else gave it back meanwhile.
        note(review, Refund.ASKED, null, List.of());
        return;
      }
      take(review, purchase, refunds.refund(key.id(), part, id));
    }
  }

  private void take(Review review, Purchase purchase, Answer answer) {
    String id = review.doubt().id();
    switch (answer) {
      case Answer.Given(var refund, var amount, var settled) ->
          note(
              review,
              Refund.ASKED,
              refund,
              settled
                  ? List.of(new Fact.RefundSeen(id, clock.millis(), refund, amount.minor(), false))
                  : List.of());
      case Answer.Refused(var why) when why == Why.ALREADY ->
          note(review, Refund.ASKED, null, List.of());
      case Answer.Refused(var why) when why == Why.DISPUTED -> {
        log.warn("Case {} gives nothing back: the payment was charged back", id);
        note(review, Refund.DISPUTED, null, taken(review, purchase));
      }
      case Answer.Refused(var why) when why == Why.IMPOSSIBLE -> {
        log.error("ALERT case {} needs a refund by hand", id);
        note(review, Refund.MANUAL, null, taken(review, purchase));
      }
      case Answer.Refused _ -> {}
    }
  }

  /// What the decision said of one line does not count any more where nothing is given back.
  private List<Fact> taken(Review review, Purchase purchase) {
    @Nullable Fact credited = LineRefund.voided(review, purchase, clock.millis());
    return credited == null ? List.of() : List.of(credited);
  }

  private void note(Review review, Refund refund, @Nullable String refundId, List<Fact> facts) {
    Instant now = clock.instant();
    Act act =
        transaction -> {
          Review current = reviews.find(transaction, review.doubt().id()).orElseThrow();
          return Act.Plan.of(
              writes -> reviews.put(writes, current.withRefund(refund, refundId), now));
        };
    PurchaseKey key = review.doubt().purchase();
    Work work = Work.of(act);
    apply.apply(key == null || facts.isEmpty() ? work : work.with(key, facts));
  }
}
