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
import dev.fireside.payments.reviews.domain.Outgoing;
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
import dev.fireside.shared.store.Documents;
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
  private final Documents documents;
  private final Sight.Stores sights;
  private final DecideCase decide;
  private final ApplyFacts apply;
  private final Clock clock;

  /// What is to be given back.
  ///
  /// @param sale the transaction inside the purchase; null for all of them
  /// @param amount how much, in minor units; null for all that is left
  record Wish(@Nullable String sale, @Nullable Long amount, String reason) {}

  RequestRefund(Platform platform, ReviewStore reviews, DecideCase decide) {
    this.documents = platform.documents();
    this.reviews = reviews;
    this.sights = new Sight.Stores(documents, reviews);
    this.decide = decide;
    this.apply = new ApplyFacts(platform, new AssessFraud(platform));
    this.clock = platform.clock();
  }

  /// Asks for a refund; once, however often it is called with its id. Throws a problem where the
  /// money cannot go back by us, or it is not for the caller to say.
  Review request(String id, PurchaseKey key, Wish wish, String who) {
    String caseId = Review.REFUND_REQUESTED + ":" + id;
    return DecideCase.attempted(() -> {
      Review before = reviews.find(documents, caseId).orElse(null);
      if (before != null) {
        return before;
      }
      Instant now = clock.instant();
      Review decided = decided(caseId, wish, who, sights.see(key, true, who), now);
      apply.apply(work(decided, key, wish, who, now));
      return decided;
    });
  }

  private Review decided(String id, Wish wish, String who, Sight sight, Instant now) {
    if (sight.purchase() == null || sight.purchase().facts().list().isEmpty()) {
      throw ProblemException.notFound("purchase");
    }
    ReviewCase asked =
        asked(id, sight.purchase(), new Outgoing(sight.purchase(), sight.cases()), wish, who);
    Stake stake = sight.stake(asked);
    Review claimed = done(Review.opened(asked, now).claim(who, stake, now));
    boolean two = decide.needsTwo(asked, sight, Decision.REFUND, now);
    return done(claimed.decide(who, Decision.REFUND, stake, two, now));
  }

  private static Review done(Step step) {
    return switch (step) {
      case Step.Done done -> done.review();
      case Step.Refused refused -> throw DecideCase.refused(refused);
    };
  }

  private static ReviewCase asked(
      String id, Purchase purchase, Outgoing outgoing, Wish wish, String who) {
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
    long left = outgoing.left(wish.sale());
    if (currency == null || left <= 0) {
      throw ProblemException.conflict(Reason.NOTHING_LEFT, "Nothing of it is left to give back");
    }
    var evidence = new HashMap<String, String>();
    evidence.put("by", who);
    evidence.put("text", wish.reason());
    // Nothing is taken while nobody decides, and nothing where nobody does.
    evidence.put("outcome", "flag");
    if (wish.amount() == null && wish.sale() == null && outgoing.sum() == 0) {
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

  /// The case, and what was decided of it. What else is asked for of the purchase meanwhile, or is
  /// given back in the same name, counts: then it is looked at again.
  private Work work(Review decided, PurchaseKey key, Wish wish, String who, Instant now) {
    String id = decided.doubt().id();
    Act act =
        transaction -> {
          Sight sight = sights.see(transaction, key, true, who);
          if (reviews.find(transaction, id).isPresent()
              || !decided(id, wish, who, sight, now).equals(decided)) {
            throw new DecideCase.ChangedException();
          }
          Act.Plan plan = decide.plan(decided, sight, now);
          return new Act.Plan(plan.journals(), List.of(decided.doubt()), plan.writes());
        };
    List<Fact> facts =
        decided.state() instanceof State.Decided done
            ? decide.facts(decided, done, key, now)
            : List.of();
    // With the purchase, though nothing may be new of it: who else asks for it waits.
    return Work.of(act).with(key, facts);
  }
}
