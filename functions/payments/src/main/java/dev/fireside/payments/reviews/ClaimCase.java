package dev.fireside.payments.reviews;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Review.Step;
import dev.fireside.payments.reviews.domain.Stake;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Takes a case, so that no two people look at it at once.
final class ClaimCase {
  private final Documents documents;
  private final ReviewStore reviews;
  private final PurchaseStore purchases;
  private final Clock clock;

  ClaimCase(Documents documents, ReviewStore reviews, Clock clock) {
    this.documents = documents;
    this.reviews = reviews;
    this.purchases = new PurchaseStore(documents);
    this.clock = clock;
  }

  /// Takes a case for a while, or for longer. Throws a problem where somebody else has it, it is
  /// decided, or it is about the caller.
  Review claim(String id, String who) {
    return documents.transact(transaction -> {
      Review review =
          reviews.find(transaction, id).orElseThrow(() -> ProblemException.notFound("review case"));
      Instant now = clock.instant();
      PurchaseKey key = review.doubt().purchase();
      Purchase purchase = key == null ? null : purchases.get(transaction, key);
      return switch (review.claim(who, Stake.of(review.doubt(), purchase, List.of()), now)) {
        case Step.Done done -> {
          reviews.put(transaction, done.review(), now);
          yield done.review();
        }
        case Step.Refused refused -> throw DecideCase.refused(refused);
      };
    });
  }
}
