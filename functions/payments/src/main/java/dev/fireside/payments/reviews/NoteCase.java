package dev.fireside.payments.reviews;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Review.Note;
import dev.fireside.payments.reviews.domain.Stake;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Notes something about a case, whether it is open or decided.
final class NoteCase {
  private final Documents documents;
  private final ReviewStore reviews;
  private final PurchaseStore purchases;
  private final Clock clock;

  NoteCase(Documents documents, ReviewStore reviews, Clock clock) {
    this.documents = documents;
    this.reviews = reviews;
    this.purchases = new PurchaseStore(documents);
    this.clock = clock;
  }

  /// Adds a note; once, however often it is called with its id. Throws a problem where there is no
  /// such case, it is about the caller, or it has as many notes as it may.
  Review note(String id, String note, String who, String text) {
    return documents.transact(transaction -> {
      Review review =
          reviews.find(transaction, id).orElseThrow(() -> ProblemException.notFound("review case"));
      PurchaseKey key = review.doubt().purchase();
      Purchase purchase = key == null ? null : purchases.get(transaction, key);
      if (Stake.of(review.doubt(), purchase, List.of()).people().contains(who)) {
        throw ProblemException.of(ProblemType.FORBIDDEN, "Nobody notes anything about themselves");
      }
      Instant now = clock.instant();
      Review noted = review.noted(new Note(note, who, now, text));
      if (noted.notes().size() > Review.NOTES_MAX) {
        throw ProblemException.conflict(
            Reason.TOO_MANY, "A case has " + Review.NOTES_MAX + " notes at most");
      }
      if (!noted.equals(review)) {
        reviews.put(transaction, noted, now);
      }
      return noted;
    });
  }
}
