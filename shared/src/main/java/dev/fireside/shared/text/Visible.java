package dev.fireside.shared.text;

/// Which characters leave something to be seen.
public final class Visible {
  private Visible() {}

  /// Whether the text has at least one character that is seen by itself.
  public static boolean isVisible(String text) {
    return text.codePoints().anyMatch(Visible::isVisible);
  }

  private static boolean isVisible(int codePoint) {
    return switch (codePoint) {
      // Blank although Unicode calls them letters or symbols: Hangul fillers, the empty Braille
      // cell, the null notehead.
      case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x1D159 -> false;
      default ->
          switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.UNASSIGNED,
                Character.SPACE_SEPARATOR,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR,
                Character.NON_SPACING_MARK,
                Character.ENCLOSING_MARK ->
                false;
            default -> true;
          };
    };
  }
}
