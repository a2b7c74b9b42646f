package dev.fireside.payments.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyTest {
  @Test
  void knowsHowManyDecimalsEachCurrencyHas() {
    assertThat(Money.ofMajor(new BigDecimal("10.99"), "eur")).isEqualTo(new Money(1099, "EUR"));
    assertThat(Money.ofMajor(new BigDecimal("1200.0"), "JPY")).isEqualTo(new Money(1200, "JPY"));
    assertThat(Money.ofMajor(new BigDecimal("3.125"), "KWD")).isEqualTo(new Money(3125, "KWD"));
  }

  @Test
  void roundsHalvesToEven() {
    assertThat(Money.ofMajor(new BigDecimal("0.125"), "EUR").minor()).isEqualTo(12);
    assertThat(Money.ofMajor(new BigDecimal("0.135"), "EUR").minor()).isEqualTo(14);
  }

  @Test
  void takesStripesHundredthsOfCurrenciesWithoutAny() {
    assertThat(Money.ofStripe(500, "isk")).isEqualTo(new Money(5, "ISK"));
    assertThat(Money.ofStripe(500, "jpy")).isEqualTo(new Money(500, "JPY"));
    assertThatThrownBy(() -> Money.ofStripe(501, "UGX"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNumbersThatWouldTakeAllMemory() {
    assertThatThrownBy(() -> Money.ofMajor(new BigDecimal("1e999999999"), "EUR"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Money.ofMajor(new BigDecimal("1e-999999999"), "EUR"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Money.ofMajor(new BigDecimal("99999999999999999999"), "EUR"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatIsNoCurrency() {
    assertThatThrownBy(() -> new Money(1, "QQQ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Money(1, "XAU")).isInstanceOf(IllegalArgumentException.class);
  }
}
