package dev.fireside.ledger.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An amount of money: whole minor units of an ISO 4217 currency, such as 1099 EUR for 10.99 €.
///
/// @param minor minor units; negative where money goes back
/// @param currency upper-case ISO 4217 code
public record Money(long minor, String currency) {
  /// Largest amount of one purchase, in minor units: far above any price, far below overflow.
  public static final long MINOR_MAX = 1_000_000_000_000L;

  private static final int DIGITS_MAX = 40;

  /// Decimals of currencies that Stripe counts otherwise than ISO 4217
  /// (<https://docs.stripe.com/currencies>: zero-decimal currencies and special cases).
  private static final Map<String, Integer> STRIPE_DECIMALS = Map.of("ISK", 2, "UGX", 2, "MGA", 0);

  private static final int THREE_DECIMALS = 3;

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

  /// An amount in major units, as app stores state it, to the nearest minor unit.
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
    return new Money(rescaled(amount, stripeDecimals(code), exponentOf(code)), code);
  }

  /// This amount as Stripe counts it. Throws [IllegalArgumentException] where it is no multiple of
  /// [#stripeStep].
  public long toStripe() {
    if (minor % stripeStep(currency) != 0) {
      throw new IllegalArgumentException("Stripe moves no such amount of " + currency);
    }
    return rescaled(minor, exponentOf(currency), stripeDecimals(currency));
  }

  /// The smallest amount that Stripe moves, in minor units: 1 of most currencies, 10 of those with
  /// three decimals, whose last digit must be 0, and 100 where Stripe knows no hundredths.
  public static long stripeStep(String currency) {
    int decimals = exponentOf(currency);
    return decimals == THREE_DECIMALS
        ? 10
        : powerOfTen(Math.max(0, decimals - stripeDecimals(currency)));
  }

  private static int stripeDecimals(String currency) {
    return STRIPE_DECIMALS.getOrDefault(currency, exponentOf(currency));
  }

  private static long rescaled(long amount, int from, int to) {
    long divisor = powerOfTen(Math.max(0, from - to));
    if (amount % divisor != 0) {
      throw new IllegalArgumentException("amount must be in whole units");
    }
    try {
      return Math.multiplyExact(amount / divisor, powerOfTen(Math.max(0, to - from)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("amount is out of range", e);
    }
  }

  private static long powerOfTen(int exponent) {
    return BigInteger.TEN.pow(exponent).longValueExact();
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

  /// Divides an amount over parts in proportion to their weights: what comes out sums to it, and no
  /// part gets more than its weight while the amount is no more than their sum. Weights may be
  /// negative; where they sum to nothing, the first part gets all.
  public static List<Long> divided(long amount, List<Long> weights) {
    long sum = weights.stream().reduce(0L, Math::addExact);
    var parts = new ArrayList<Long>();
    long before = 0;
    long weighed = 0;
    for (long weight : weights) {
      weighed += weight;
      long until = sum == 0 ? amount : scaled(amount, weighed, sum);
      parts.add(until - before);
      before = until;
    }
    return List.copyOf(parts);
  }

  private static long exact(BigInteger value) {
    try {
      return value.longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("amount is out of range", e);
    }
  }
}
