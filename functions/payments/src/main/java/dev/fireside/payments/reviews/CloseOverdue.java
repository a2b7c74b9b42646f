package dev.fireside.payments.reviews;

import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.store.ReviewStore;
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
  private final GiveBack giveBack;
  private final Clock clock;

  CloseOverdue(
      Documents documents, ReviewStore reviews, DecideCase decide, GiveBack giveBack, Clock clock) {
    this.documents = documents;
    this.reviews = reviews;
    this.decide = decide;
    this.giveBack = giveBack;
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
    each(limit -> reviews.refundsDue(documents, limit), giveBack::give);
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
}
