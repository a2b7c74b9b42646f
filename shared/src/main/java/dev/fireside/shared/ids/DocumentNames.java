package dev.fireside.shared.ids;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Which texts of others can stand in the names of documents.
public final class DocumentNames {
  /// Bytes of a document's name in UTF-8; Firestore takes 1,500.
  private static final int BYTES_MAX = 1_500;

  private static final Pattern FITS = Pattern.compile("[^/\\s\\p{Cntrl}]+");
  private static final Pattern ID = Pattern.compile("[!-.0-~]{1,255}");

  /// At most 1,020 bytes of UTF-8, and neither of the names that Firestore keeps for itself.
  private static final Pattern NAME =
      Pattern.compile("(?!\\.\\.?$|__.*__$)[^/\\p{Cc}\\p{Cs}]{1,255}");

  private DocumentNames() {}

  /// Whether a text can be a name by itself: without slashes, spaces and control characters, and
  /// none of those that Firestore keeps for itself.
  public static boolean fits(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX
        && FITS.matcher(text).matches()
        && !text.equals(".")
        && !text.equals("..")
        && !(text.startsWith("__") && text.endsWith("__"));
  }

  /// Whether a text can be somebody else's id inside a name: 1 to 255 characters of visible ASCII
  /// without slashes.
  public static boolean isId(String text) {
    return ID.matcher(text).matches() && fits(text);
  }

  /// Whether a text can be a name that people chose, such as a store's product: 1 to 255
  /// characters, none a slash or a control character.
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
