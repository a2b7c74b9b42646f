package dev.fireside.shared.text;

import org.jspecify.annotations.Nullable;

/// Texts that stand within others, on one line.
public final class OneLine {
  private OneLine() {}

  /// What is wrong with a text: it must be on one line, and must not turn the text around it; null
  /// for nothing.
  public static @Nullable String fault(String text) {
    if (text.codePoints().anyMatch(OneLine::breaksLines)) {
      return "must be on one line";
    }
    return text.codePoints().anyMatch(OneLine::turnsText)
        ? "must not hold characters that turn the direction of text"
        : null;
  }

  private static boolean breaksLines(int codePoint) {
    return "\n\r\t\u2028\u2029".indexOf(codePoint) >= 0;
  }

  private static boolean turnsText(int codePoint) {
    return (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
