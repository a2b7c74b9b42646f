package dev.fireside.payments.reviews.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.PurchaseFacts;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.purchases.domain.SaleState;
import dev.fireside.payments.reviews.domain.Review.Decision;
import dev.fireside.payments.reviews.domain.Review.State;
import dev.fireside.payments.reviews.domain.Review.Step;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReviewTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private static final Stake STAKE = new Stake(Set.of("eve"), Map.of("EUR", 500L), true);

  private static Review opened(String store, String reason, @Nullable String outcome) {
    return Review.opened(
        new ReviewCase(
            "c",
            "eve",
            reason,
            new PurchaseKey(store, Book.LIVE, "t"),
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

  private static State.Decided decided(Review review) {
    assertThat(review.state()).isInstanceOf(State.Decided.class);
    return (State.Decided) review.state();
  }

  @Test
  void belongsToOnePersonForAWhile() {
    Review claimed = done(opened("stripe", "price_band", "hold").claim("mia", STAKE, NOW));
    assertThat(claimed.claim("max", STAKE, NOW.plus(Duration.ofMinutes(29))))
        .isInstanceOf(Step.Refused.class);
    Instant later = NOW.plus(Duration.ofMinutes(30));
    assertThat(done(claimed.claim("max", STAKE, later)).state())
        .isEqualTo(new State.Open(new Review.Claim("max", later.plus(Review.LEASE)), null));
    assertThat(claimed.decide("max", Decision.GRANT, STAKE, false, NOW))
        .isInstanceOf(Step.Refused.class);
    assertThat(claimed.decide("mia", Decision.GRANT, STAKE, false, NOW.plus(Review.LEASE)))
        .isInstanceOf(Step.Refused.class);
  }

  @Test
  void isNotDecidedByThePersonItIsAbout() {
    assertThat(opened("stripe", "price_band", null).claim("eve", STAKE, NOW))
        .isInstanceOfSatisfying(
            Step.Refused.class, refused -> assertThat(refused.forbidden()).isTrue());
  }

  @Test
  void isDecidedOnce() {
    Review claimed = done(opened("stripe", "price_band", "hold").claim("mia", STAKE, NOW));
    Review decided = done(claimed.decide("mia", Decision.DENY, STAKE, false, NOW));
    assertThat(decided(decided).hold()).isEqualTo(Hold.DENIED);
    assertThat(decided.decide("mia", Decision.DENY, STAKE, false, NOW))
        .isEqualTo(new Step.Done(decided, false));
    assertThat(decided.decide("mia", Decision.GRANT, STAKE, false, NOW))
        .isInstanceOf(Step.Refused.class);
    assertThat(decided.claim("max", STAKE, NOW)).isInstanceOf(Step.Refused.class);
  }

  @Test
  void needsTwoPersonsWhoDecideAlike() {
    Review claimed = done(opened("app_store", "price_band", "hold").claim("mia", STAKE, NOW));
    Review proposed = done(claimed.decide("mia", Decision.GRANT, STAKE, true, NOW));
    assertThat(proposed.isOpen()).isTrue();
    Review again = done(proposed.claim("mia", STAKE, NOW));
    assertThat(done(again.decide("mia", Decision.GRANT, STAKE, true, NOW)).isOpen()).isTrue();
    Review other = done(proposed.claim("max", STAKE, NOW));
    Review against = done(other.decide("max", Decision.DENY, STAKE, true, NOW));
    assertThat(against.isOpen()).isTrue();
    assertThat(against.state().proposal()).isEqualTo(new Review.Proposal(Decision.DENY, "max"));
    Review alike =
        done(
            done(proposed.claim("max", STAKE, NOW))
                .decide("max", Decision.GRANT, STAKE, true, NOW));
    assertThat(decided(alike).deciders()).containsExactly("mia", "max");
    assertThat(decided(alike).hold()).isEqualTo(Hold.OPEN);
  }

  @Test
  void decidesItselfInTheEnd() {
    Instant later = NOW.plus(Duration.ofDays(3));
    assertThat(opened("stripe", "price_band", "hold").overdue(false, NOW).isOpen()).isTrue();
    Review refunded = opened("stripe", "price_band", "hold").overdue(false, later);
    assertThat(decided(refunded).decision()).isEqualTo(Decision.REFUND);
    assertThat(decided(refunded).refund()).isEqualTo(Review.Refund.DUE);
    assertThat(decided(opened("app_store", "price_band", "hold").overdue(false, later)).decision())
        .isEqualTo(Decision.DENY);
    assertThat(decided(opened("stripe", "refund_ratio", "flag").overdue(false, later)).decision())
        .isEqualTo(Decision.GRANT);
  }

  @Test
  void isGrantedWhereItIsNoDoubtOnceItIsCounted() {
    Review uncounted = opened("stripe", "velocity_unknown", "hold");
    Instant hour = NOW.plus(Duration.ofHours(1));
    assertThat(uncounted.isToBeCounted(NOW)).isFalse();
    assertThat(uncounted.isToBeCounted(hour)).isTrue();
    assertThat(decided(uncounted.overdue(true, hour)).decision()).isEqualTo(Decision.GRANT);
    // Else it is counted every hour, and ends as others do.
    Review waiting = uncounted.overdue(false, hour);
    assertThat(waiting.isOpen()).isTrue();
    assertThat(waiting.overdue(true, hour)).isEqualTo(waiting);
    assertThat(waiting.deadline()).isEqualTo(NOW.plus(Duration.ofHours(2)));
    Instant end = NOW.plus(Duration.ofDays(3));
    assertThat(waiting.overdue(false, end.minusSeconds(1)).deadline()).isEqualTo(end);
    assertThat(waiting.isToBeCounted(end)).isFalse();
    assertThat(decided(waiting.overdue(false, end)).decision()).isEqualTo(Decision.REFUND);
  }

  @Test
  void knowsWhatIsAtStakeFromThePurchase() {
    var key = new PurchaseKey("stripe", Book.LIVE, "pi");
    var warning =
        new ReviewCase("w", "", "early_fraud_warning", key, Fact.Judged.ALL, 0, null, Map.of());
    assertThat(Stake.of(warning, null, List.of()).needsTwo(100)).isTrue();
    assertThat(Stake.of(warning, Purchase.empty(key), List.of()).needsTwo(100)).isTrue();
    Stake small = Stake.of(warning, bought(key, 9_999), List.of());
    assertThat(small.needsTwo(100)).isFalse();
    assertThat(small.people()).containsExactly("eve");
    assertThat(Stake.of(warning, bought(key, 10_000), List.of()).needsTwo(100)).isTrue();
    Review claimed = done(Review.opened(warning, NOW).claim("mia", small, NOW));
    assertThat(claimed.decide("eve", Decision.GRANT, small, false, NOW))
        .isInstanceOfSatisfying(
            Step.Refused.class, refused -> assertThat(refused.forbidden()).isTrue());
    var burst = new ReviewCase("f", "eve", "failed_payments", null, null, 0, null, Map.of());
    assertThat(Stake.of(burst, null, List.of()).needsTwo(100)).isFalse();
  }

  @Test
  void countsMuchMoneyByItsWorth() {
    assertThat(stake(150, "JPY").needsTwo(100)).isFalse();
    assertThat(stake(15_500, "JPY").needsTwo(100)).isTrue();
    assertThat(stake(30_000, "KWD").needsTwo(100)).isTrue();
    assertThat(stake(9_999, "USD").needsTwo(100)).isFalse();
  }

  private static Stake stake(long minor, String currency) {
    var doubt = new ReviewCase("c", "", "r", null, null, minor, currency, Map.of());
    return Stake.of(doubt, null, List.of());
  }

  private static Purchase bought(PurchaseKey key, long price) {
    var sale =
        new Sale(
            "t",
            new Uid("eve"),
            "p",
            new Money(price, "EUR"),
            0,
            0,
            false,
            false,
            null,
            Map.of(),
            SaleState.granted(Hold.OPEN),
            0);
    return new Purchase(
        PurchaseFacts.empty(key), Map.of("t", sale), Set.of(), null, List.of(), List.of(), false);
  }
}
