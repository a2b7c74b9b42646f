package dev.fireside.payouts.domain;

import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/// What creators share of one period in one currency, and on which terms.
///
/// @param period such as `2026-11`
/// @param currency ISO 4217 code
/// @param watchPool minor units shared by seconds watched
/// @param giftPool minor units shared by gifts received
/// @param reserve ten-thousandths of the earnings that are held back longer
/// @param minimum least amount that is transferred, in minor units
/// @param hold how long earnings wait for refunds and disputes
/// @param reserveHold how long the reserve waits
public record PayoutRun(
    String period,
    String currency,
    long watchPool,
    long giftPool,
    int reserve,
    long minimum,
    Duration hold,
    Duration reserveHold) {
  /// All of it, in the unit of [#reserve].
  public static final int WHOLE = 10_000;

  private static final Pattern PERIOD = Pattern.compile("[0-9A-Za-z][0-9A-Za-z-]{0,31}");
  private static final Pattern MONTH = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])");

  public PayoutRun {
    if (!isPeriod(period)) {
      throw new IllegalArgumentException("Not a period: " + period);
    }
    if (watchPool < 0
        || giftPool < 0
        || watchPool > Money.MINOR_MAX
        || giftPool > Money.MINOR_MAX
        || minimum < 1
        || reserve < 0
        || reserve > WHOLE) {
      throw new IllegalArgumentException("The terms of a run are out of range");
    }
    Money.exponentOf(currency);
  }

  /// Whether a text can name a period.
  public static boolean isPeriod(String text) {
    return PERIOD.matcher(text).matches();
  }

  /// When the period is over, in UTC; empty where its name is not that of a month.
  public Optional<Instant> end() {
    return MONTH.matcher(period).matches()
        ? Optional.of(
            YearMonth.parse(period).plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant())
        : Optional.empty();
  }

  /// The name of the run.
  public String id() {
    return period + "-" + currency;
  }

  /// The name under which Stripe keeps the run's transfers together.
  public String transferGroup() {
    return "payout_run_" + id();
  }

  /// The currency as the ledger counts it.
  public Asset asset() {
    return new Asset(currency);
  }

  /// What of some earnings is held back longer, rounded down.
  public long reserveOf(long earned) {
    return Money.scaled(earned, reserve, WHOLE);
  }

  /// Both pools.
  public long pool() {
    return Math.addExact(watchPool, giftPool);
  }
}
