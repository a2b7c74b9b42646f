package dev.fireside.payments.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/// An amount of money: whole minor units of an ISO 4217 currency, such as 1099 EUR for 10.99 €.
///
/// @param minor minor units; negative where money goes back
/// @param currency upper-case ISO 4217 code
public record Money(long minor, String currency) {
  /// Largest amount of one purchase, in minor units: far above any price, far below overflow.
  public static final long MINOR_MAX = 1_000_000_000_000L;

  private static final int DIGITS_MAX = 40;

  /// Currencies that Stripe counts in hundredths although ISO 4217 gives them no minor unit
  /// (<https://docs.stripe.com/currencies#special-cases>).
  private static final Set<String> STRIPE_HUNDREDTHS = Set.of("ISK", "UGX");

  /// Throws [IllegalArgumentException] for a currency without an exponent or an amount past
  /// [#MINOR_MAX].
  public Money {
    exponentOf(currency);
    if (minor > MINOR_MAX || minor < -MINOR_MAX) {
      throw new IllegalArgumentException("amount is out of range");
    }
  }

  /// How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD.
  public static int exponentOf(String currency) {
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    if (digits < 0) {
      throw new IllegalArgumentException(currency + " has no minor unit");
    }
    return digits;
  }

  /// An amount in major units, as app stores tell it, to the nearest minor unit.
  public static Money ofMajor(BigDecimal major, String currency) {
    String code = currency.toUpperCase(Locale.ROOT);
    // A few bytes of JSON can name a number of a billion digits: look before computing.
    if (major.precision() > DIGITS_MAX || Math.abs((long) major.scale()) > DIGITS_MAX) {
      throw new IllegalArgumentException("amount has too many digits");
    }
    BigDecimal minor = major.movePointRight(exponentOf(code)).setScale(0, RoundingMode.HALF_EVEN);
    return new Money(exact(minor.toBigInteger()), code);
  }

  /// An amount as Stripe counts it. Throws [IllegalArgumentException] where it has no whole number
  /// of minor units.
  public static Money ofStripe(long amount, String currency) {
    String code = currency.toUpperCase(Locale.ROOT);
    if (!STRIPE_HUNDREDTHS.contains(code)) {
      return new Money(amount, code);
    }
    if (amount % 100 != 0) {
      throw new IllegalArgumentException(code + " must be in whole units");
    }
    return new Money(amount / 100, code);
  }

  /// This amount as Stripe counts it.
  public long toStripe() {
    return STRIPE_HUNDREDTHS.contains(currency) ? Math.multiplyExact(minor, 100) : minor;
  }

  /// Nothing, in this currency.
  public Money zero() {
    return new Money(0, currency);
  }

  /// A part of this amount, to the nearest minor unit; `fraction` is clamped to 0..1.
  public Money share(BigDecimal fraction) {
    if (fraction.precision() > DIGITS_MAX || Math.abs((long) fraction.scale()) > DIGITS_MAX) {
      throw new IllegalArgumentException("fraction has too many digits");
    }
    BigDecimal clamped = fraction.max(BigDecimal.ZERO).min(BigDecimal.ONE);
    BigDecimal share =
        BigDecimal.valueOf(minor).multiply(clamped).setScale(0, RoundingMode.HALF_EVEN);
    return new Money(exact(share.toBigInteger()), currency);
  }

  /// `value * numerator / denominator`, rounded down, without overflow on the way.
  public static long scaled(long value, long numerator, long denominator) {
    return exact(
        BigInteger.valueOf(value)
            .multiply(BigInteger.valueOf(numerator))
            .divide(BigInteger.valueOf(denominator)));
  }

  private static long exact(BigInteger value) {
    try {
      return value.longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("amount is out of range", e);
    }
  }
}
