package dev.fireside.shared.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Instants as ISO 8601, the same texts as [Instant#toString] and [Instant#parse] have. By hand for
/// the usual ones: the JDK's formatter takes ten times as long, and every row of a page has one.
public final class InstantText {
  /// 0000-01-01 and 10000-01-01: years of four digits.
  private static final long FIRST_SECOND = -62_167_219_200L;

  private static final long END_SECOND = 253_402_300_800L;

  private static final int SECONDS_LENGTH = 19;
  private static final long DAY_SECONDS = 86_400;
  private static final long HOUR_SECONDS = 3_600;
  private static final long MINUTE_SECONDS = 60;
  private static final int NANO_DIGITS = 9;

  private InstantText() {}

  /// The text of an instant.
  public static String of(Instant instant) {
    long second = instant.getEpochSecond();
    if (second < FIRST_SECOND || second >= END_SECOND) {
      return instant.toString();
    }
    var time = LocalDateTime.ofEpochSecond(second, instant.getNano(), ZoneOffset.UTC);
    var text = new StringBuilder("0000-00-00T00:00:00.000000000Z".length());
    digits(text, time.getYear(), 4);
    digits(text.append('-'), time.getMonthValue(), 2);
    digits(text.append('-'), time.getDayOfMonth(), 2);
    digits(text.append('T'), time.getHour(), 2);
    digits(text.append(':'), time.getMinute(), 2);
    digits(text.append(':'), time.getSecond(), 2);
    fraction(text, instant.getNano());
    return text.append('Z').toString();
  }

  /// None, three, six or nine digits.
  private static void fraction(StringBuilder text, int nanos) {
    if (nanos == 0) {
      return;
    }
    text.append('.');
    if (nanos % 1_000_000 == 0) {
      digits(text, nanos / 1_000_000, 3);
    } else if (nanos % 1_000 == 0) {
      digits(text, nanos / 1_000, 6);
    } else {
      digits(text, nanos, NANO_DIGITS);
    }
  }

  private static void digits(StringBuilder text, int number, int count) {
    int unit = 1;
    for (int i = 1; i < count; i++) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      text.append((char) ('0' + number / unit % 10));
    }
  }

  /// The instant that somebody else wrote, of the years 1970 to 9999: milliseconds, Firestore and
  /// Redis can all hold it. Empty for any other text.
  public static Optional<Instant> find(String text) {
    try {
      Instant instant = parse(text);
      return Optional.of(instant)
          .filter(it -> it.getEpochSecond() >= 0 && it.getEpochSecond() < END_SECOND);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// The instant of a text. Throws [DateTimeException] for a text that is none.
  static Instant parse(String text) {
    if (!isUsual(text)) {
      return Instant.parse(text);
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, SECONDS_LENGTH);
    if (hour > 23 || minute > 59 || second > 59) {
      // A leap second, or the end of a day.
      return Instant.parse(text);
    }
    int nanos = 0;
    if (text.length() > SECONDS_LENGTH + 1) {
      nanos = number(text, SECONDS_LENGTH + 1, text.length() - 1);
      for (int i = text.length() - SECONDS_LENGTH - 2; i < NANO_DIGITS; i++) {
        nanos *= 10;
      }
    }
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    return Instant.ofEpochSecond(
        day * DAY_SECONDS + hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second, nanos);
  }

  /// Whether it looks like `2026-11-21T10:00:00Z`, with up to nine digits of a second or without.
  private static boolean isUsual(String text) {
    int last = text.length() - 1;
    if (last < SECONDS_LENGTH
        || last > SECONDS_LENGTH + 1 + NANO_DIGITS
        || last == SECONDS_LENGTH + 1
        || text.charAt(last) != 'Z') {
      return false;
    }
    for (int i = 0; i < last; i++) {
      char c = text.charAt(i);
      boolean expected =
          switch (i) {
            case 4, 7 -> c == '-';
            case 10 -> c == 'T';
            case 13, 16 -> c == ':';
            case SECONDS_LENGTH -> c == '.';
            default -> c >= '0' && c <= '9';
          };
      if (!expected) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
