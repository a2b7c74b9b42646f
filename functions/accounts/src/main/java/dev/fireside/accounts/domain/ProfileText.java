package dev.fireside.accounts.domain;

import java.net.URI;
import java.net.URISyntaxException;
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

  /// A name has to be seen, on one line, and must not turn the text around it.
  public static @Nullable String nameFault(String name) {
    if (name.codePoints().anyMatch(ProfileText::breaksLines)) {
      return "must be on one line";
    }
    if (name.codePoints().anyMatch(ProfileText::turnsText)) {
      return "must not hold characters that turn the direction of text";
    }
    return name.codePoints().anyMatch(ProfileText::isVisible) ? null : "must be visible";
  }

  /// A picture is fetched by everybody's client: https, and nothing that signs in.
  public static @Nullable String urlFault(String url) {
    try {
      URI uri = new URI(url);
      return "https".equalsIgnoreCase(uri.getScheme())
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
          ? null
          : "must be an https address";
    } catch (URISyntaxException e) {
      return "must be an https address";
    }
  }

  private static boolean breaksLines(int codePoint) {
    return "\n\r\t\u2028\u2029".indexOf(codePoint) >= 0;
  }

  private static boolean turnsText(int codePoint) {
    return (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  private static boolean isVisible(int codePoint) {
    // Blank although Unicode calls them letters or symbols: Hangul fillers, the empty Braille cell.
    boolean blank =
        codePoint == 0x115F
            || codePoint == 0x1160
            || codePoint == 0x3164
            || codePoint == 0xFFA0
            || codePoint == 0x2800;
    return !blank
        && switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.UNASSIGNED,
              Character.SPACE_SEPARATOR,
              Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              false;
          default -> true;
        };
  }
}
