package dev.fireside.payments.reviews;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Review.Decision;
import dev.fireside.payments.reviews.domain.Review.State;
import dev.fireside.payments.reviews.domain.Review.Step;
import dev.fireside.payments.reviews.domain.Stake;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.payments.reviews.store.StripeRefunds;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks for the refund of a purchase that nobody doubts: opens a case for it and decides it as far
/// as one person may. From there on it is a case as any other.
final class RequestRefund {
  private static final Map<String, String> WHO_REFUNDS =
      Map.of(
          "app_store", "Only Apple gives it back: the customer asks at reportaproblem.apple.com",
          "mac_app_store",
              "Only Apple gives it back: the customer asks at reportaproblem.apple.com",
          "play_store", "Refund it in the Play Console, by the order: Orders, Refund",
          "amazon", "Only Amazon gives it back: the customer asks Amazon's customer service");

  private final ReviewStore reviews;
  private final PurchaseStore purchases;
  private final DecideCase decide;
  private final ApplyFacts apply;
  private final Platform platform;
  private final Clock clock;

  /// What is to be given back.
  ///
  /// @param sale the transaction inside the purchase; null for all of them
  /// @param amount how much, in minor units; null for all that is left
  record Wish(@Nullable String sale, @Nullable Long amount, String reason) {}

  RequestRefund(Platform platform, ReviewStore reviews, DecideCase decide) {
    this.platform = platform;
    this.reviews = reviews;
    this.purchases = new PurchaseStore(platform.documents());
    this.decide = decide;
    this.apply = new ApplyFacts(platform, new AssessFraud(platform));
    this.clock = platform.clock();
  }

  /// Says that the case was opened between a look at it and its transaction.
  private static final class OpenedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Asks for a refund; once, however often it is called with its id. Throws a problem where the
  /// money cannot go back by us, or it is not for the caller to say.
  Review request(String id, PurchaseKey key, Wish wish, String who) {
    String caseId = Review.REFUND_REQUESTED + ":" + id;
    Review before = reviews.find(platform.documents(), caseId).orElse(null);
    if (before != null) {
      return before;
    }
    Purchase purchase = purchases.find(List.of(key)).get(key);
    if (purchase == null) {
      throw ProblemException.notFound("purchase");
    }
    Instant now = clock.instant();
    ReviewCase asked = asked(caseId, purchase, wish, who);
    Review decided = decided(asked, Stake.of(asked, purchase), who, now);
    try {
      apply.apply(work(asked, decided, now));
      return decided;
    } catch (OpenedException e) {
      return reviews.find(platform.documents(), caseId).orElseThrow();
    }
  }

  private Review decided(ReviewCase asked, Stake stake, String who, Instant now) {
    Review claimed = done(Review.opened(asked, now).claim(who, stake, now));
    return done(claimed.decide(who, Decision.REFUND, stake, decide.needsTwo(stake), now));
  }

  private static Review done(Step step) {
    return switch (step) {
      case Step.Done done -> done.review();
      case Step.Refused refused -> throw DecideCase.refused(refused);
    };
  }

  private static ReviewCase asked(String id, Purchase purchase, Wish wish, String who) {
    PurchaseKey key = purchase.key();
    if (!key.store().equals("stripe")) {
      throw ProblemException.conflict(
          Reason.REFUND_AT_STORE,
          WHO_REFUNDS.getOrDefault(key.store(), "It is given back in the store's own console"));
    }
    if (!StripeRefunds.canRefund(key.id())) {
      throw ProblemException.conflict(
          Reason.NO_PAYMENT, "It is no payment: refund the payment of one of its invoices");
    }
    List<Sale> sales = sales(purchase, wish);
    String currency =
        sales.stream()
            .flatMap(sale -> java.util.stream.Stream.ofNullable(sale.price()))
            .map(Money::currency)
            .findFirst()
            .orElse(null);
    long left = sales.stream().mapToLong(sale -> sale.paid() - sale.state().refunded()).sum();
    if (currency == null || left <= 0) {
      throw ProblemException.conflict(Reason.NOTHING_LEFT, "Nothing of it is left to give back");
    }
    var evidence = new HashMap<String, String>();
    evidence.put("by", who);
    evidence.put("text", wish.reason());
    // Nothing is taken while nobody decides, and nothing where nobody does.
    evidence.put("outcome", "flag");
    if (wish.amount() == null && wish.sale() == null) {
      evidence.put(LineRefund.WHOLE, "true");
    }
    return new ReviewCase(
        id,
        purchase.people().stream().findFirst().map(Uid::value).orElse(""),
        Review.REFUND_REQUESTED,
        key,
        wish.sale(),
        amount(wish, left, currency),
        currency,
        evidence);
  }

  private static List<Sale> sales(Purchase purchase, Wish wish) {
    if (wish.sale() == null) {
      return List.copyOf(purchase.sales().values());
    }
    Sale sale = purchase.sales().get(wish.sale());
    if (sale == null) {
      throw invalid("sale", "is no transaction of the purchase");
    }
    return List.of(sale);
  }

  private static long amount(Wish wish, long left, String currency) {
    long step = Money.stripeStep(currency);
    Long asked = wish.amount();
    if (asked == null) {
      return left - left % step;
    }
    if (asked > left) {
      throw invalid("amount", "must be at most " + left + ", which is what is left");
    }
    if (asked % step != 0) {
      throw invalid("amount", "must be a multiple of " + step + ": Stripe moves no less");
    }
    return asked;
  }

  private static ProblemException invalid(String field, String message) {
    return ProblemException.invalid(
        ProblemType.INVALID_INPUT, List.of(new FieldError(field, message)));
  }

  private Work work(ReviewCase asked, Review decided, Instant now) {
    Act act =
        transaction -> {
          if (reviews.find(transaction, asked.id()).isPresent()) {
            throw new OpenedException();
          }
          return new Act.Plan(
              decided.state() instanceof State.Decided done
                  ? List.of(DecideCase.journal(asked, done, now))
                  : List.of(),
              List.of(asked),
              writes -> reviews.put(writes, decided, now));
        };
    PurchaseKey key = asked.purchase();
    Work work = Work.of(act);
    if (key == null || !(decided.state() instanceof State.Decided done)) {
      return work;
    }
    List<Fact> facts = decide.facts(decided, done, key, now);
    return facts.isEmpty() ? work : work.with(key, facts);
  }
}
