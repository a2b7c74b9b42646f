package dev.fireside.emulator.database.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/// A regular expression of the rules' language, which is small: anchors at its two ends, groups,
/// alternatives, sets, `\s \w \d` and their opposites, and repetition. It takes time linear in the
/// text.
record Regex(String source, Pattern pattern) {
  static Regex read(String source, boolean ignoreCase, int at) {
    new Reader(source, at).check();
    try {
      return new Regex(source, Pattern.compile(source, ignoreCase ? Pattern.CASE_INSENSITIVE : 0));
    } catch (PatternSyntaxException e) {
      throw new ExpressionException("A regular expression: " + e.getDescription(), at);
    }
  }

  boolean isFoundIn(String text) {
    return pattern.matcher(text).find();
  }

  /// Refuses what the language does not have, however well the library could do it.
  private static final class Reader {
    private static final String CLASSES = "sSwWdD";
    private static final java.util.regex.Pattern COUNTS =
        java.util.regex.Pattern.compile("\\{(\\d{1,4})(?:,(\\d{0,4}))?\\}");

    /// The largest expression, in items; what repeats counts as often as it may.
    private static final int SIZE_MAX = 10_000;

    private final String source;
    private final int offset;
    private int position;

    Reader(String source, int offset) {
      this.source = source;
      this.offset = offset;
    }

    void check() {
      accept('^');
      if (position < source.length() && peek() != '$') {
        alternatives(0);
      }
      accept('$');
      if (position < source.length()) {
        throw mistake("Unexpected \"%s\"".formatted(peek()));
      }
    }

    /// Returns how large the expression is once its repetitions are written out.
    private long alternatives(int depth) {
      long size = 0;
      do {
        long before = size;
        while (position < source.length() && !isEnd()) {
          size += item(depth);
        }
        if (size == before) {
          throw mistake("An alternative is empty");
        }
        if (size > SIZE_MAX) {
          throw mistake("It is larger than %,d once repeated".formatted(SIZE_MAX));
        }
      } while (accept('|'));
      return size;
    }

    private boolean isEnd() {
      char c = peek();
      return c == '|' || c == ')' || (c == '$' && position == source.length() - 1);
    }

    private long item(int depth) {
      char c = source.charAt(position++);
      long size = 1;
      switch (c) {
        case '(' -> size += group(depth);
        case '[' -> set();
        case '\\' -> escape();
        case '*', '+', '?', '{' -> throw before("\"%s\" follows nothing".formatted(c));
        case '^', '$' -> throw before("\"%s\" stands only at an end".formatted(c));
        default -> {}
      }
      return size * repetition();
    }

    private long group(int depth) {
      if (depth == 20) {
        throw before("Groups are too deep");
      }
      if (position < source.length() && peek() == '?') {
        throw mistake("Groups with a question mark are not supported");
      }
      long size = alternatives(depth + 1);
      if (!accept(')')) {
        throw mistake("A group has no end");
      }
      return size;
    }

    private void set() {
      accept('^');
      int items = 0;
      while (position < source.length() && peek() != ']') {
        if (source.charAt(position++) == '\\') {
          escape();
        }
        items++;
      }
      if (items == 0 || !accept(']')) {
        throw mistake("A set is empty or has no end");
      }
    }

    private void escape() {
      if (position == source.length()) {
        throw mistake("An escape is incomplete");
      }
      char c = source.charAt(position++);
      if (Character.isLetterOrDigit(c) && CLASSES.indexOf(c) < 0) {
        throw before("\"\\%s\" is not supported".formatted(c));
      }
    }

    /// Returns how often an item is written out.
    private int repetition() {
      if (position == source.length()) {
        return 1;
      }
      if ("*+?".indexOf(peek()) >= 0) {
        position++;
        return 1;
      }
      if (peek() != '{') {
        return 1;
      }
      Matcher counts = COUNTS.matcher(source).region(position, source.length());
      if (!counts.lookingAt()) {
        throw mistake("A repetition is {n}, {n,} or {n,m}");
      }
      position = counts.end();
      String most = counts.group(2);
      boolean open = most == null || most.isEmpty();
      return Math.max(1, Integer.parseInt(open ? counts.group(1) : most));
    }

    private char peek() {
      return source.charAt(position);
    }

    private boolean accept(char c) {
      boolean found = position < source.length() && peek() == c;
      position += found ? 1 : 0;
      return found;
    }

    private ExpressionException before(String message) {
      return new ExpressionException("A regular expression: " + message, offset + position - 1);
    }

    private ExpressionException mistake(String message) {
      return new ExpressionException("A regular expression: " + message, offset + position);
    }
  }
}
