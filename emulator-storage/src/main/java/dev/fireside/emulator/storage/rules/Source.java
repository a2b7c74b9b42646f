package dev.fireside.emulator.storage.rules;

/// The text of rules, read from its beginning to its end.
final class Source {
  private final String text;
  private int at;

  Source(String text) {
    this.text = text;
  }

  /// Skips blanks and comments.
  void skipBlanks() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw error("The comment does not end");
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }

  boolean isAtEnd() {
    skipBlanks();
    return at == text.length();
  }

  /// The next character, blanks included; 0 at the end.
  char next() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  /// Takes one character, blanks included.
  char take() {
    if (at == text.length()) {
      throw error("The rules end here");
    }
    return text.charAt(at++);
  }

  boolean startsWith(String symbol) {
    skipBlanks();
    return text.startsWith(symbol, at);
  }

  /// Takes a symbol if it is next.
  boolean accept(String symbol) {
    if (startsWith(symbol)) {
      at += symbol.length();
      return true;
    }
    return false;
  }

  void expect(String symbol) {
    if (!accept(symbol)) {
      throw error("`" + symbol + "` is missing");
    }
  }

  /// Takes a word if it is next, whole.
  boolean acceptWord(String word) {
    if (startsWith(word) && !isOfName(at + word.length())) {
      at += word.length();
      return true;
    }
    return false;
  }

  private boolean isOfName(int index) {
    return index < text.length() && isOfName(text.charAt(index));
  }

  static boolean isOfName(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /// Whether a name comes next.
  boolean isName() {
    skipBlanks();
    return isOfName(next()) && !Character.isDigit(next());
  }

  String name() {
    if (!isName()) {
      throw error("A name is missing");
    }
    return word();
  }

  /// The characters of a name that come next; digits may begin it.
  String word() {
    int from = at;
    while (isOfName(at)) {
      at++;
    }
    return text.substring(from, at);
  }

  RulesSyntaxException error(String message) {
    String before = text.substring(0, Math.min(at, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new RulesSyntaxException(line, before.length() - before.lastIndexOf('\n'), message);
  }
}
