package dev.fireside.ledger.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
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
  void countsAsStripeDoes() {
    Map.of("eur", 1L, "jpy", 1L, "huf", 1L, "kwd", 1L, "mga", 100L)
        .forEach((currency, minor) ->
            assertThat(Money.ofStripe(500, currency).minor()).as(currency).isEqualTo(500 * minor));
    assertThat(Money.ofStripe(500, "isk")).isEqualTo(new Money(5, "ISK"));
    for (String currency : List.of("EUR", "JPY", "HUF", "KWD", "TND", "MGA", "ISK", "UGX", "CLP")) {
      var money = new Money(7_000, currency);
      assertThat(Money.ofStripe(money.toStripe(), currency)).isEqualTo(money);
    }
    assertThatThrownBy(() -> Money.ofStripe(501, "UGX"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void movesNoAmountThatStripeCannot() {
    assertThat(Money.stripeStep("EUR")).isEqualTo(1);
    assertThat(Money.stripeStep("UGX")).isEqualTo(1);
    for (String currency : List.of("BHD", "JOD", "KWD", "OMR", "TND")) {
      assertThat(Money.stripeStep(currency)).as(currency).isEqualTo(10);
    }
    assertThat(Money.stripeStep("MGA")).isEqualTo(100);
    assertThatThrownBy(() -> new Money(1_001, "KWD").toStripe())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Money(150, "MGA").toStripe())
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
