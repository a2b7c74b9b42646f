package dev.fireside.payments.settlement.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// The days that a store settles at once, in UTC: a month, or others where its months are not the
/// calendar's.
///
/// @param from the first day
/// @param to the last day
public record Period(LocalDate from, LocalDate to) {
  private static final int DAYS_MAX = 366;
  private static final int YEAR_MIN = 2_000;
  private static final int YEAR_MAX = 9_998;

  public Period {
    if (to.isBefore(from)
        || from.getYear() < YEAR_MIN
        || to.getYear() > YEAR_MAX
        || from.plusDays(DAYS_MAX).isBefore(to)) {
      throw new IllegalArgumentException("Not a period: " + from + "/" + to);
    }
  }

  /// A calendar month.
  public static Period of(YearMonth month) {
    return new Period(month.atDay(1), month.atEndOfMonth());
  }

  /// A calendar month as it is written, such as `2026-11`; empty for another text.
  public static Optional<YearMonth> month(String text) {
    try {
      return Optional.of(YearMonth.from(of(YearMonth.parse(text)).from()));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// A period as it is written: `2026-11`, or `2026-10-25/2026-11-28`; empty for another text.
  public static Optional<Period> parse(String text) {
    try {
      int slash = text.indexOf('/');
      return Optional.of(
          slash < 0
              ? of(YearMonth.parse(text))
              : new Period(
                  LocalDate.parse(text.substring(0, slash)),
                  LocalDate.parse(text.substring(slash + 1))));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// When it begins.
  public Instant start() {
    return from.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// When it is over.
  public Instant end() {
    return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// Whether the two share a day.
  public boolean overlaps(Period other) {
    return !from.isAfter(other.to) && !other.from.isAfter(to);
  }

  /// As it is written: a calendar month as one.
  public String text() {
    YearMonth month = YearMonth.from(from);
    return equals(of(month)) ? month.toString() : from + "/" + to;
  }
}
