package dev.fireside.payments.reviews;

import dev.fireside.payments.domain.Book;
import dev.fireside.payments.domain.Customer;
import dev.fireside.payments.domain.Fact;
import dev.fireside.payments.domain.Journal;
import dev.fireside.payments.domain.JournalKind;
import dev.fireside.payments.domain.LineageKey;
import dev.fireside.payments.domain.Money;
import dev.fireside.payments.domain.ReviewCase;
import dev.fireside.payments.domain.reviews.Review;
import dev.fireside.payments.domain.reviews.Review.Decision;
import dev.fireside.payments.domain.reviews.Review.Step;
import dev.fireside.payments.effects.Act;
import dev.fireside.payments.effects.ApplyFacts;
import dev.fireside.payments.effects.Work;
import dev.fireside.payments.store.ReviewStore;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Decides cases: the decision, its journal and what becomes of the purchase commit together.
final class DecideCase {
  /// A provider's clock may be ahead by as much; a decision must be the latest word.
  private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  private static final int TWO_PERSONS_FROM = 100;
  private static final int TWO_PERSONS_MAX = 1_000_000;
  private static final int ATTEMPTS = 5;
  private static final int TEN = 10;

  private final Documents documents;
  private final ReviewStore reviews;
  private final ApplyFacts apply;
  private final Clock clock;
  private final int twoPersonsFrom;

  DecideCase(
      Documents documents, ReviewStore reviews, ApplyFacts apply, Config config, Clock clock) {
    this.documents = documents;
    this.reviews = reviews;
    this.apply = apply;
    this.clock = clock;
    this.twoPersonsFrom =
        config.number("REVIEW_TWO_PERSONS_FROM", TWO_PERSONS_FROM, 0, TWO_PERSONS_MAX);
  }

  /// Says that the case changed between a look at it and its transaction.
  private static final class ChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Decides a case in somebody's name. Throws a problem where they may not.
  Review decide(String id, String who, Decision decision) {
    return change(
        id,
        review -> {
          Step step = review.decide(who, decision, needsTwo(review.doubt()), clock.instant());
          return switch (step) {
            case Step.Done done -> done.review();
            case Step.Refused refused -> throw refused(refused);
          };
        });
  }

  /// Decides a case whose time is over; does nothing where it is not.
  Review decideOverdue(String id) {
    return change(id, review -> review.overdue(clock.instant()));
  }

  /// Whether two people must decide alike.
  boolean needsTwo(ReviewCase doubt) {
    String currency = doubt.currency();
    if (currency == null) {
      return false;
    }
    long from = twoPersonsFrom;
    for (int i = 0; i < Money.exponentOf(currency); i++) {
      from *= TEN;
    }
    return doubt.minor() >= from;
  }

  static ProblemException refused(Step.Refused refused) {
    return ProblemException.of(
        refused.forbidden() ? ProblemType.FORBIDDEN : ProblemType.CONFLICT, refused.why());
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
          throw ProblemException.of(ProblemType.CONFLICT, "Others work on the case");
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
          List<Journal> journals = next.isOpen() ? List.of() : List.of(journal(doubt, now));
          return new Act.Plan(journals, List.of(), writes -> reviews.put(writes, next, now));
        };
    LineageKey purchase = doubt.purchase();
    if (next.isOpen() || purchase == null) {
      return Work.of(act);
    }
    String sale = doubt.sale();
    var judged =
        new Fact.Judged(
            "review:" + doubt.id(),
            now.plus(AHEAD_MAX).toEpochMilli(),
            sale == null ? Fact.Judged.ALL : sale,
            next.hold());
    return Work.of(purchase, List.of(judged)).with(act);
  }

  /// The decision in the books; what it moves stands in the purchase's own journals.
  private static Journal journal(ReviewCase doubt, Instant now) {
    LineageKey purchase = doubt.purchase();
    return new Journal(
        "decision:" + doubt.id(),
        JournalKind.DECISION,
        purchase == null ? Book.LIVE : purchase.book(),
        Customer.isPerson(doubt.uid()) ? doubt.uid() : null,
        now,
        null,
        List.of());
  }
}
