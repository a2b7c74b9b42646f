package dev.fireside.emulator.database.tree;

/// Strings that can be sent and stored.
final class Text {
  /// The longest string, in bytes of UTF-8.
  static final int BYTES_MAX = 10 * 1024 * 1024;

  private Text() {}

  static String check(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        throw new InvalidDataException("A string is not valid Unicode: it has half a character");
      }
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
    if (bytes > BYTES_MAX) {
      throw new InvalidDataException(
          "A string has %,d bytes; at most %,d are allowed".formatted(bytes, BYTES_MAX));
    }
    return text;
  }
}
