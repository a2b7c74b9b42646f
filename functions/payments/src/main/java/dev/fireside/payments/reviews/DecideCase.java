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
import dev.fireside.payments.reviews.domain.Alone;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides cases: the decision, its journal and what becomes of the purchase commit together.
final class DecideCase {
  private static final int TWO_PERSONS_FROM = 100;
  private static final int ALONE_A_DAY = 1_000;
  private static final int DOLLARS_MAX = 1_000_000;

  /// As many people as may decide about one purchase, or in one name, at once.
  static final int ATTEMPTS = 20;

  private final Documents documents;
  private final ReviewStore reviews;
  private final PurchaseStore purchases;
  private final Sight.Stores sights;
  private final CountAgain counts;
  private final ApplyFacts apply;
  private final Clock clock;
  private final int twoPersonsFrom;
  private final int aloneADay;

  DecideCase(Platform platform, ReviewStore reviews) {
    this.documents = platform.documents();
    this.reviews = reviews;
    this.sights = new Sight.Stores(documents, reviews);
    this.purchases = sights.purchases();
    this.counts = new CountAgain(platform);
    this.apply = new ApplyFacts(platform, new AssessFraud(platform));
    this.clock = platform.clock();
    this.twoPersonsFrom =
        platform.config().number("REVIEW_TWO_PERSONS_FROM", TWO_PERSONS_FROM, 0, DOLLARS_MAX);
    this.aloneADay =
        platform.config().number("REVIEW_REFUNDS_ALONE_A_DAY", ALONE_A_DAY, 0, DOLLARS_MAX);
  }

  /// Says that what a decision hangs on changed between a look at it and its transaction.
  static final class ChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Decides a case in somebody's name. Throws a problem where they may not.
  ///
  /// @param note what they say about it; null for nothing
  Review decide(String id, String who, Decision decision, @Nullable Note note) {
    return attempted(() -> {
      Instant now = clock.instant();
      Review seen = find(id);
      ReviewCase doubt = seen.doubt();
      Sight sight = sights.see(doubt.purchase(), seen.isRequest(), who);
      Review next = decided(seen, who, decision, note, sight, now);
      if (!next.equals(seen)) {
        Act act =
            transaction -> {
              Review current = reviews.find(transaction, id).orElseThrow();
              Sight then = sights.see(transaction, doubt.purchase(), seen.isRequest(), who);
              if (!current.equals(seen)
                  || !decided(current, who, decision, note, then, now).equals(next)) {
                throw new ChangedException();
              }
              return plan(next, then, now);
            };
        apply.apply(work(next, act, now));
      }
      return next;
    });
  }

  private Review decided(
      Review seen, String who, Decision decision, @Nullable Note note, Sight sight, Instant now) {
    Purchase purchase = sight.purchase();
    if (decision == Decision.REFUND
        && seen.isOpen()
        && purchase != null
        && purchase.isGivenBack(seen.doubt().sale())) {
      throw ProblemException.conflict(
          Reason.NOTHING_LEFT, "The money is back at the customer: nothing is left to refund");
    }
    Stake stake = sight.stake(seen.doubt());
    boolean two = needsTwo(seen.doubt(), sight, decision, now);
    return switch (seen.decide(who, decision, stake, two, now)) {
      case Step.Done done when done.changed() && note != null -> done.review().noted(note);
      case Step.Done done -> done.review();
      case Step.Refused refused -> throw refused(refused);
    };
  }

  /// Whether somebody cannot decide alone: it is about much money, or they have given back much
  /// alone within a day.
  boolean needsTwo(ReviewCase doubt, Sight sight, Decision decision, Instant now) {
    Stake stake = sight.stake(doubt);
    return stake.needsTwo(twoPersonsFrom)
        || (decision == Decision.REFUND
            && sight.alone().isFull(stake.given(doubt), aloneADay, now));
  }

  /// What a decision writes, its case excepted if that is new.
  Act.Plan plan(Review next, Sight sight, Instant now) {
    ReviewCase doubt = next.doubt();
    if (!(next.state() instanceof Decided decided)) {
      return Act.Plan.of(writes -> reviews.put(writes, next, now));
    }
    String alone = decided.deciders().size() == 1 ? decided.deciders().getFirst() : Review.NOBODY;
    boolean counts = decided.decision() == Decision.REFUND && !alone.equals(Review.NOBODY);
    return new Act.Plan(
        List.of(journal(doubt, decided, now)),
        List.of(),
        writes -> {
          reviews.put(writes, next, now);
          if (counts) {
            Alone more = sight.alone().with(doubt.id(), sight.stake(doubt).given(doubt), now);
            sights.alone().put(writes, alone, more, now);
          }
        });
  }

  /// Tries until nobody else was in between. Throws a problem where others always are.
  static Review attempted(Supplier<Review> attempt) {
    for (int i = 1; ; i++) {
      try {
        return attempt.get();
      } catch (ChangedException e) {
        if (i == ATTEMPTS) {
          throw ProblemException.conflict(Reason.CASE_BUSY, "Others work on the case");
        }
      }
    }
  }

  /// Decides a case whose time is over; does nothing where it is not.
  Review decideOverdue(String id) {
    return attempted(() -> {
      Instant now = clock.instant();
      Review seen = find(id);
      boolean back = isGivenBack(seen);
      boolean counted =
          !back
              && seen.isToBeCounted(now)
              && !stake(seen).needsTwo(twoPersonsFrom)
              && counts.isClean(seen.doubt(), seen.openedAt());
      Review next =
          back
              ? seen.overdueGivenBack(now)
              : seen.overdue(counted || isExplained(seen.doubt()), now);
      if (!next.equals(seen)) {
        Act act =
            transaction -> {
              if (!reviews.find(transaction, id).orElseThrow().equals(seen)) {
                throw new ChangedException();
              }
              return plan(next, new Sight(null, List.of(), new Alone(List.of())), now);
            };
        apply.apply(work(next, act, now));
      }
      return next;
    });
  }

  private boolean isGivenBack(Review review) {
    PurchaseKey key = review.doubt().purchase();
    Purchase purchase = key == null ? null : purchases.find(List.of(key)).get(key);
    return purchase != null && purchase.isGivenBack(review.doubt().sale());
  }

  private Review find(String id) {
    return reviews.find(documents, id).orElseThrow(() -> ProblemException.notFound("review case"));
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

  /// Those of some cases that two people must decide alike, whoever they are.
  Set<String> needTwo(List<Review> cases) {
    // Where a case states the money, its purchase has nothing to add, but what went back before.
    Set<PurchaseKey> unknown =
        cases.stream()
            .filter(review -> review.doubt().currency() == null || review.isRequest())
            .map(review -> review.doubt().purchase())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Map<PurchaseKey, Purchase> found = purchases.find(unknown);
    Map<PurchaseKey, List<Review>> others = new HashMap<>();
    return cases.stream()
        .filter(review -> {
          PurchaseKey key = review.doubt().purchase();
          List<Review> beside =
              key != null && review.isRequest() && review.isOpen()
                  ? others.computeIfAbsent(key, one -> reviews.ofPurchase(documents, one))
                  : List.of();
          return Stake.of(review.doubt(), found.get(key), beside).needsTwo(twoPersonsFrom);
        })
        .map(review -> review.doubt().id())
        .collect(Collectors.toSet());
  }

  private Stake stake(Review review) {
    PurchaseKey key = review.doubt().purchase();
    return Stake.of(
        review.doubt(), key == null ? null : purchases.find(List.of(key)).get(key), List.of());
  }

  static ProblemException refused(Step.Refused refused) {
    return refused.forbidden()
        ? ProblemException.of(ProblemType.FORBIDDEN, refused.why())
        : ProblemException.conflict(Reason.CASE_STATE, refused.why());
  }

  private Work work(Review next, Act act, Instant now) {
    PurchaseKey purchase = next.doubt().purchase();
    if (!(next.state() instanceof Decided decided) || purchase == null) {
      return Work.of(act);
    }
    return Work.of(purchase, facts(next, decided, purchase, now)).with(act);
  }

  /// What a decision says about the purchase.
  List<Fact> facts(Review review, Decided decided, PurchaseKey key, Instant now) {
    long at = now.toEpochMilli();
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
