package dev.fireside.shared.text;

/// Texts by their code points: what lies between is not cut in half.
public final class CodePoints {
  private CodePoints() {}

  /// The first `max` code points of a text; the text itself where it has no more.
  public static String first(String text, int max) {
    return text.codePointCount(0, text.length()) <= max
        ? text
        : text.substring(0, text.offsetByCodePoints(0, max));
  }
}
