package dev.fireside.emulator.database.rules;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What rules do with strings, each result bounded.
final class Strings {
  /// The longest string that a rule may make, in characters.
  private static final int LENGTH_MAX = 20_000_000;

  private Strings() {}

  /// A number or string as JavaScript writes it.
  static String of(@Nullable Object value) {
    if (value instanceof Double number && Math.rint(number) == number && Math.abs(number) < 1e21) {
      return new BigDecimal(number).toPlainString();
    }
    return String.valueOf(value);
  }

  static String concat(String a, String b) {
    check((long) a.length() + b.length());
    return a + b;
  }

  /// Replaces every occurrence.
  static String replace(String text, String part, String replacement) {
    long occurrences = part.isEmpty() ? text.length() + 1L : 0;
    for (int at = text.indexOf(part); at >= 0 && !part.isEmpty(); ) {
      occurrences++;
      at = text.indexOf(part, at + part.length());
    }
    check(text.length() + occurrences * Math.max(0, replacement.length() - part.length()));
    return text.replace(part, replacement);
  }

  static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String upperCase(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static void check(long length) {
    if (length > LENGTH_MAX) {
      throw new EvaluationException("A string became longer than %,d".formatted(LENGTH_MAX));
    }
  }
}
