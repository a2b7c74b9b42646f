package dev.fireside.payments.reviews;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.fraud.CountAgain;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.PurchaseJournals;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Review.Decision;
import dev.fireside.payments.reviews.domain.Review.Note;
import dev.fireside.payments.reviews.domain.Review.State.Decided;
import dev.fireside.payments.reviews.domain.Review.Step;
import dev.fireside.payments.reviews.domain.Stake;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides cases: the decision, its journal and what becomes of the purchase commit together.
final class DecideCase {
  /// A provider's clock may be ahead by as much; a decision comes after what it is about.
  private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  private static final int TWO_PERSONS_FROM = 100;
  private static final int TWO_PERSONS_MAX = 1_000_000;
  private static final int ATTEMPTS = 5;

  private final Documents documents;
  private final ReviewStore reviews;
  private final PurchaseStore purchases;
  private final CountAgain counts;
  private final ApplyFacts apply;
  private final Clock clock;
  private final int twoPersonsFrom;

  DecideCase(Platform platform, ReviewStore reviews) {
    this.documents = platform.documents();
    this.reviews = reviews;
    this.purchases = new PurchaseStore(documents);
    this.counts = new CountAgain(platform);
    this.apply = new ApplyFacts(platform, new AssessFraud(platform));
    this.clock = platform.clock();
    this.twoPersonsFrom =
        platform.config().number("REVIEW_TWO_PERSONS_FROM", TWO_PERSONS_FROM, 0, TWO_PERSONS_MAX);
  }

  /// Says that the case changed between a look at it and its transaction.
  private static final class ChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Decides a case in somebody's name. Throws a problem where they may not.
  ///
  /// @param note what they say about it; null for nothing
  Review decide(String id, String who, Decision decision, @Nullable Note note) {
    return change(
        id,
        review -> {
          Stake stake = stake(review);
          boolean two = needsTwo(stake);
          Step step = review.decide(who, decision, stake, two, clock.instant());
          return switch (step) {
            case Step.Done done when done.changed() && note != null -> done.review().noted(note);
            case Step.Done done -> done.review();
            case Step.Refused refused -> throw refused(refused);
          };
        });
  }

  /// Whether two people must decide alike about so much.
  boolean needsTwo(Stake stake) {
    return stake.needsTwo(twoPersonsFrom);
  }

  /// Decides a case whose time is over; does nothing where it is not.
  Review decideOverdue(String id) {
    return change(
        id,
        review -> {
          Instant now = clock.instant();
          boolean counted =
              review.isToBeCounted(now)
                  && !stake(review).needsTwo(twoPersonsFrom)
                  && counts.isClean(review.doubt(), review.openedAt());
          return review.overdue(counted || isExplained(review.doubt()), now);
        });
  }

  /// Whether a price was doubted that is known to be an offer's by now.
  private boolean isExplained(ReviewCase doubt) {
    PurchaseKey key = doubt.purchase();
    String sale = doubt.sale();
    if (key == null || sale == null || !doubt.id().startsWith(Fact.Judged.PRICE + ":")) {
      return false;
    }
    Purchase purchase = purchases.find(List.of(key)).get(key);
    return purchase != null && purchase.facts().isOffered(sale);
  }

  /// Those of some cases that two people must decide alike.
  Set<String> needTwo(List<Review> cases) {
    // Where a case states the money, its purchase has nothing to add, but what went back before.
    Set<PurchaseKey> unknown =
        cases.stream()
            .filter(review -> review.doubt().currency() == null || review.isRequest())
            .map(review -> review.doubt().purchase())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Map<PurchaseKey, Purchase> found = purchases.find(unknown);
    return cases.stream()
        .map(Review::doubt)
        .filter(doubt -> Stake.of(doubt, found.get(doubt.purchase())).needsTwo(twoPersonsFrom))
        .map(ReviewCase::id)
        .collect(Collectors.toSet());
  }

  private Stake stake(Review review) {
    PurchaseKey key = review.doubt().purchase();
    return Stake.of(review.doubt(), key == null ? null : purchases.find(List.of(key)).get(key));
  }

  static ProblemException refused(Step.Refused refused) {
    return refused.forbidden()
        ? ProblemException.of(ProblemType.FORBIDDEN, refused.why())
        : ProblemException.conflict(Reason.CASE_STATE, refused.why());
  }

  private Review change(String id, Function<Review, Review> change) {
    for (int attempt = 1; ; attempt++) {
      Review seen =
          reviews.find(documents, id).orElseThrow(() -> ProblemException.notFound("review case"));
      Review next = change.apply(seen);
      if (next.equals(seen)) {
        return seen;
      }
      try {
        apply.apply(work(seen, next));
        return next;
      } catch (ChangedException e) {
        if (attempt == ATTEMPTS) {
          throw ProblemException.conflict(Reason.CASE_BUSY, "Others work on the case");
        }
      }
    }
  }

  private Work work(Review seen, Review next) {
    Instant now = clock.instant();
    ReviewCase doubt = seen.doubt();
    Act act =
        transaction -> {
          Review current = reviews.find(transaction, doubt.id()).orElseThrow();
          if (!current.equals(seen)) {
            throw new ChangedException();
          }
          List<Journal> journals =
              next.state() instanceof Decided decided
                  ? List.of(journal(doubt, decided, now))
                  : List.of();
          return new Act.Plan(journals, List.of(), writes -> reviews.put(writes, next, now));
        };
    PurchaseKey purchase = doubt.purchase();
    if (!(next.state() instanceof Decided decided) || purchase == null) {
      return Work.of(act);
    }
    return Work.of(purchase, facts(next, decided, purchase, now)).with(act);
  }

  /// What a decision says about the purchase.
  List<Fact> facts(Review review, Decided decided, PurchaseKey key, Instant now) {
    long at = now.plus(AHEAD_MAX).toEpochMilli();
    var facts = new ArrayList<Fact>();
    if (!review.isRequest()) {
      String sale = review.doubt().sale();
      String concerned = sale == null ? Fact.Judged.ALL : sale;
      facts.add(new Fact.Judged(review.doubt().id(), at, concerned, decided.hold(), true));
    }
    if (decided.decision() == Decision.REFUND) {
      Purchase known = purchases.find(List.of(key)).getOrDefault(key, Purchase.empty(key));
      Fact credited = LineRefund.credited(review, known, at);
      if (credited != null) {
        facts.add(credited);
      }
    }
    return facts;
  }

  /// The decision in the books; what it moves stands in the purchase's own journals.
  static Journal journal(ReviewCase doubt, Decided decided, Instant now) {
    PurchaseKey purchase = doubt.purchase();
    return new Journal(
        "decision:" + doubt.id(),
        PurchaseJournals.DECISION,
        purchase == null ? Book.LIVE : purchase.book(),
        Customer.isPerson(doubt.uid()) ? new Uid(doubt.uid()) : null,
        now,
        null,
        List.of(),
        WireNames.of(decided.decision())
            + " by "
            + String.join(",", decided.deciders())
            + ", case "
            + doubt.seal());
  }
}
