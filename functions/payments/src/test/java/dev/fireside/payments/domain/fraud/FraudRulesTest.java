package dev.fireside.payments.domain.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.payments.domain.Book;
import dev.fireside.payments.domain.Fact;
import dev.fireside.payments.domain.Money;
import dev.fireside.payments.domain.Product;
import dev.fireside.payments.domain.fraud.Verdict.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FraudRulesTest {
  private static final Product GEMS =
      new Product(
          "gems",
          List.of(),
          List.of(),
          Map.of(),
          Map.of("EUR", new Product.Band(400, 600)),
          null,
          null,
          false);

  private static Fact.Sold sold(@Nullable Money price, long quantity) {
    return new Fact.Sold("e", 1, "ann", "t", 1, "gems", quantity, price, 0, 0, null);
  }

  private static Signals signals(@Nullable Money price) {
    return new Signals(
        sold(price, 1), Book.LIVE, false, GEMS, Velocity.NONE, Velocity.NONE, null, 0, 0, 1);
  }

  private static Signals signals(@Nullable Velocity user, long bought, long refunded, int holders) {
    return new Signals(
        sold(new Money(500, "EUR"), 1),
        Book.LIVE,
        false,
        GEMS,
        user,
        Velocity.NONE,
        null,
        bought,
        refunded,
        holders);
  }

  @Test
  void allowsAnOrdinaryPurchase() {
    assertThat(FraudRules.judge(signals(new Money(499, "EUR")))).isEqualTo(Verdict.ALLOWED);
    assertThat(FraudRules.judge(signals((Money) null))).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void holdsAPriceOutsideItsBand() {
    assertThat(FraudRules.judge(signals(new Money(5, "EUR"))).outcome()).isEqualTo(Outcome.HOLD);
    assertThat(FraudRules.judge(signals(new Money(49_900, "EUR"))).outcome())
        .isEqualTo(Outcome.HOLD);
    assertThat(FraudRules.judge(signals(new Money(-499, "EUR"))).outcome()).isEqualTo(Outcome.DENY);
    assertThat(FraudRules.judge(signals(new Money(499, "USD"))).outcome()).isEqualTo(Outcome.FLAG);
  }

  @Test
  void comparesThePriceOfOneWithTheBand() {
    var three =
        new Signals(
            sold(new Money(1_500, "EUR"), 3),
            Book.LIVE,
            false,
            GEMS,
            Velocity.NONE,
            Velocity.NONE,
            null,
            0,
            0,
            1);
    assertThat(FraudRules.judge(three)).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void deniesSandboxPurchasesOfOthersThanTesters() {
    var sandbox = new Signals(sold(null, 1), Book.SANDBOX, false, null, null, null, null, 0, 0, 1);
    assertThat(FraudRules.judge(sandbox).outcome()).isEqualTo(Outcome.DENY);
    var tester = new Signals(sold(null, 1), Book.SANDBOX, true, null, null, null, null, 0, 0, 1);
    assertThat(FraudRules.judge(tester)).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void holdsWhatNobodyCanCount() {
    Verdict verdict = FraudRules.judge(signals(null, 0, 0, 1));
    assertThat(verdict.outcome()).isEqualTo(Outcome.HOLD);
    assertThat(verdict.reason()).isEqualTo(FraudRules.UNCOUNTED);
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
}
