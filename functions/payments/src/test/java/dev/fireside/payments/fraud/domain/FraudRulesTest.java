package dev.fireside.payments.fraud.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.fraud.domain.Verdict.Outcome;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FraudRulesTest {
  private static final Product GEMS = product(Map.of("EUR", new Product.Band(400, 600)));

  private static Product product(Map<String, Product.Band> band) {
    return new Product("gems", List.of(), List.of(), Map.of(), band, null, null, false);
  }

  private static Fact.Sold sold(@Nullable Money price, long quantity) {
    return new Fact.Sold("e", 1, "ann", "t", 1, "gems", quantity, price, 0, 0, null);
  }

  private static Outcome price(@Nullable Money price, long quantity) {
    return FraudRules.judgePrice(sold(price, quantity), GEMS).outcome();
  }

  private static Signals signals(@Nullable Velocity user, long bought, long refunded, int holders) {
    return new Signals(
        Book.LIVE, false, user, Velocity.NONE, Velocity.NONE, bought, refunded, holders);
  }

  @Test
  void allowsAnOrdinaryPurchase() {
    assertThat(FraudRules.judge(signals(Velocity.NONE, 0, 0, 1))).isEqualTo(Verdict.ALLOWED);
    assertThat(price(new Money(499, "EUR"), 1)).isEqualTo(Outcome.ALLOW);
  }

  @Test
  void holdsAPriceOutsideItsBand() {
    assertThat(price(new Money(5, "EUR"), 1)).isEqualTo(Outcome.HOLD);
    assertThat(price(new Money(49_900, "EUR"), 1)).isEqualTo(Outcome.HOLD);
    assertThat(price(new Money(499, "USD"), 1)).isEqualTo(Outcome.FLAG);
  }

  @Test
  void tellsNothingPaidFromAPeriodThatIsGivenAway() {
    assertThat(price(null, 1)).isEqualTo(Outcome.ALLOW);
    assertThat(price(new Money(0, "EUR"), 1)).isEqualTo(Outcome.HOLD);
    assertThat(price(new Money(0, "USD"), 1)).isEqualTo(Outcome.HOLD);
    assertThat(FraudRules.judgePrice(sold(new Money(0, "EUR"), 1), product(Map.of())))
        .isEqualTo(Verdict.ALLOWED);
    var free = product(Map.of("EUR", new Product.Band(0, 600)));
    assertThat(FraudRules.judgePrice(sold(new Money(0, "EUR"), 1), free))
        .isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void deniesNegativePricesAlsoWithoutABand() {
    assertThat(price(new Money(-499, "EUR"), 1)).isEqualTo(Outcome.DENY);
    assertThat(FraudRules.judgePrice(sold(new Money(-1, "EUR"), 1), product(Map.of())).outcome())
        .isEqualTo(Outcome.DENY);
  }

  @Test
  void comparesThePriceOfOneWithTheBand() {
    assertThat(price(new Money(1_500, "EUR"), 3)).isEqualTo(Outcome.ALLOW);
  }

  @Test
  void deniesSandboxPurchasesOfOthersThanTesters() {
    var sandbox = new Signals(Book.SANDBOX, false, null, null, null, 0, 0, 1);
    assertThat(FraudRules.judge(sandbox).outcome()).isEqualTo(Outcome.DENY);
    var tester = new Signals(Book.SANDBOX, true, null, null, null, 0, 0, 1);
    assertThat(FraudRules.judge(tester)).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void holdsWhatNobodyCanCount() {
    Verdict verdict = FraudRules.judge(signals(null, 0, 0, 1));
    assertThat(verdict.outcome()).isEqualTo(Outcome.HOLD);
    assertThat(verdict.reason()).isEqualTo(ReviewCase.UNCOUNTED);
    assertThat(FraudRules.judgeCard(null, 0, null, "").outcome()).isEqualTo(Outcome.HOLD);
  }

  @Test
  void holdsBursts() {
    assertThat(FraudRules.judge(signals(new Velocity(10, 30, 100), 0, 0, 1)).outcome())
        .isEqualTo(Outcome.ALLOW);
    assertThat(FraudRules.judge(signals(new Velocity(11, 11, 11), 0, 0, 1)).reason())
        .isEqualTo("velocity_user");
    assertThat(FraudRules.judge(signals(new Velocity(1, 31, 31), 0, 0, 1)).outcome())
        .isEqualTo(Outcome.HOLD);
    assertThat(FraudRules.judge(signals(new Velocity(1, 1, 101), 0, 0, 1)).outcome())
        .isEqualTo(Outcome.HOLD);
    assertThat(FraudRules.judgeCard(Velocity.NONE, 4, Velocity.NONE, "").reason())
        .isEqualTo("shared_card");
    assertThat(FraudRules.judgeCard(Velocity.NONE, 1, new Velocity(5, 5, 5), "normal").reason())
        .isEqualTo("failed_payments");
    assertThat(FraudRules.judgeCard(Velocity.NONE, 1, Velocity.NONE, "highest").outcome())
        .isEqualTo(Outcome.HOLD);
  }

  @Test
  void doubtsPeopleWhoGiveMuchBack() {
    assertThat(FraudRules.judge(signals(Velocity.NONE, 4, 4, 1))).isEqualTo(Verdict.ALLOWED);
    assertThat(FraudRules.judge(signals(Velocity.NONE, 8, 2, 1)).outcome()).isEqualTo(Outcome.FLAG);
    assertThat(FraudRules.judge(signals(Velocity.NONE, 8, 4, 1)).outcome()).isEqualTo(Outcome.HOLD);
  }

  @Test
  void doubtsPurchasesThatWanderAround() {
    assertThat(FraudRules.judge(signals(Velocity.NONE, 0, 0, 3)).outcome()).isEqualTo(Outcome.FLAG);
    Verdict verdict = FraudRules.judge(signals(Velocity.NONE, 8, 2, 5));
    assertThat(verdict.outcome()).isEqualTo(Outcome.HOLD);
    assertThat(verdict.reason()).isEqualTo("several_doubts");
    assertThat(verdict.reasons()).containsOnlyKeys("refund_ratio", "transfer_chain");
  }

  @Test
  void looksAtTransfersAmongMany() {
    assertThat(FraudRules.judgeTransfer(2)).isEqualTo(Verdict.ALLOWED);
    assertThat(FraudRules.judgeTransfer(5).outcome()).isEqualTo(Outcome.FLAG);
    // One person's four installations are one holder.
    List<String> trail = List.of("$RCAnonymousID:1", "ann", "$RCAnonymousID:2", "ann", "stripe:c");
    assertThat(Customer.people(trail)).isEqualTo(1);
  }
}
