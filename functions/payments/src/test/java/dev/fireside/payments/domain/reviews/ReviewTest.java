package dev.fireside.payments.domain.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.payments.domain.Book;
import dev.fireside.payments.domain.Hold;
import dev.fireside.payments.domain.LineageKey;
import dev.fireside.payments.domain.ReviewCase;
import dev.fireside.payments.domain.reviews.Review.Decision;
import dev.fireside.payments.domain.reviews.Review.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReviewTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private static Review opened(String store, String reason, @Nullable String outcome) {
    return Review.opened(
        new ReviewCase(
            "c",
            "eve",
            reason,
            new LineageKey(store, Book.LIVE, "t"),
            "t",
            500,
            "EUR",
            outcome == null ? Map.of() : Map.of("outcome", outcome)),
        NOW);
  }

  private static Review done(Step step) {
    assertThat(step).isInstanceOf(Step.Done.class);
    return step instanceof Step.Done done ? done.review() : opened("stripe", "x", null);
  }

  @Test
  void belongsToOnePersonForAWhile() {
    Review claimed = done(opened("stripe", "price_band", "hold").claim("mia", NOW));
    assertThat(claimed.claim("max", NOW.plus(Duration.ofMinutes(29))))
        .isInstanceOf(Step.Refused.class);
    assertThat(done(claimed.claim("max", NOW.plus(Duration.ofMinutes(30)))).claimedBy())
        .isEqualTo("max");
    assertThat(claimed.decide("max", Decision.GRANT, false, NOW)).isInstanceOf(Step.Refused.class);
    assertThat(claimed.decide("mia", Decision.GRANT, false, NOW.plus(Review.LEASE)))
        .isInstanceOf(Step.Refused.class);
  }

  @Test
  void isNotDecidedByThePersonItIsAbout() {
    assertThat(opened("stripe", "price_band", null).claim("eve", NOW))
        .isInstanceOfSatisfying(
            Step.Refused.class, refused -> assertThat(refused.forbidden()).isTrue());
  }

  @Test
  void isDecidedOnce() {
    Review claimed = done(opened("stripe", "price_band", "hold").claim("mia", NOW));
    Review decided = done(claimed.decide("mia", Decision.DENY, false, NOW));
    assertThat(decided.hold()).isEqualTo(Hold.DENIED);
    assertThat(decided.decide("mia", Decision.DENY, false, NOW))
        .isEqualTo(new Step.Done(decided, false));
    assertThat(decided.decide("mia", Decision.GRANT, false, NOW)).isInstanceOf(Step.Refused.class);
    assertThat(decided.claim("max", NOW)).isInstanceOf(Step.Refused.class);
  }

  @Test
  void needsTwoPersonsWhoDecideAlike() {
    Review claimed = done(opened("app_store", "price_band", "hold").claim("mia", NOW));
    Review proposed = done(claimed.decide("mia", Decision.GRANT, true, NOW));
    assertThat(proposed.isOpen()).isTrue();
    Review again = done(proposed.claim("mia", NOW));
    assertThat(done(again.decide("mia", Decision.GRANT, true, NOW)).isOpen()).isTrue();
    Review other = done(proposed.claim("max", NOW));
    Review against = done(other.decide("max", Decision.DENY, true, NOW));
    assertThat(against.isOpen()).isTrue();
    assertThat(against.proposedBy()).isEqualTo("max");
    Review alike = done(done(proposed.claim("max", NOW)).decide("max", Decision.GRANT, true, NOW));
    assertThat(alike.deciders()).containsExactly("mia", "max");
    assertThat(alike.hold()).isEqualTo(Hold.OPEN);
  }

  @Test
  void decidesItselfInTheEnd() {
    Instant later = NOW.plus(Duration.ofDays(3));
    assertThat(opened("stripe", "price_band", "hold").overdue(NOW).isOpen()).isTrue();
    Review refunded = opened("stripe", "price_band", "hold").overdue(later);
    assertThat(refunded.decision()).isEqualTo(Decision.REFUND);
    assertThat(refunded.refund()).isEqualTo(Review.Refund.DUE);
    assertThat(opened("app_store", "price_band", "hold").overdue(later).decision())
        .isEqualTo(Decision.DENY);
    assertThat(opened("stripe", "refund_ratio", "flag").overdue(later).decision())
        .isEqualTo(Decision.GRANT);
    assertThat(
            opened("stripe", "velocity_unknown", "hold")
                .overdue(NOW.plus(Duration.ofHours(1)))
                .decision())
        .isEqualTo(Decision.GRANT);
  }
}
