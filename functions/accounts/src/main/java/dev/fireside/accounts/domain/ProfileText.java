package dev.fireside.accounts.domain;

import org.jspecify.annotations.Nullable;

/// What the texts of a profile may hold; each method answers what is wrong, or null.
public final class ProfileText {
  /// Most characters of a display name.
  public static final int NAME_MAX = 50;

  /// Most characters of a biography.
  public static final int BIO_MAX = 300;

  /// Most characters of a picture's address.
  public static final int URL_MAX = 2_048;

  private ProfileText() {}

  /// A name stands on one line, and must not turn the text around it.
  public static @Nullable String nameFault(String name) {
    if (name.codePoints().anyMatch(ProfileText::breaksLines)) {
      return "must be on one line";
    }
    return name.codePoints().anyMatch(ProfileText::turnsText)
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
