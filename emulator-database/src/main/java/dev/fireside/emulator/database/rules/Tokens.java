package dev.fireside.emulator.database.rules;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of an expression, one after the other, looking one ahead.
final class Tokens {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");
  private static final List<String> OPERATORS =
      List.of(
          "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "%",
          "?", ":", "(", ")", "[", "]", ".", ",");

  private final String text;
  private int position;
  private Token next;

  Tokens(String text) {
    this.text = text;
    this.next = read();
  }

  Token peek() {
    return next;
  }

  Token take() {
    Token token = next;
    next = read();
    return token;
  }

  /// Takes the next word if it is this operator.
  boolean accept(String operator) {
    boolean found = next.is(operator);
    if (found) {
      take();
    }
    return found;
  }

  void expect(String operator) {
    if (!accept(operator)) {
      throw unexpected("\"" + operator + "\"");
    }
  }

  ExpressionException unexpected(String expected) {
    String found = next.kind() == Token.Kind.END ? "the end" : "\"" + next.text() + "\"";
    return new ExpressionException("Expected %s, found %s".formatted(expected, found), next.at());
  }

  private Token read() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    int start = position;
    if (start == text.length()) {
      return new Token(Token.Kind.END, "", start);
    }
    char c = text.charAt(start);
    if (c == '\'' || c == '"') {
      return string(c);
    }
    if (matches(NAME)) {
      return new Token(Token.Kind.NAME, text.substring(start, position), start);
    }
    if (matches(NUMBER)) {
      return new Token(Token.Kind.NUMBER, text.substring(start, position), start);
    }
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, start)) {
        position += operator.length();
        return new Token(Token.Kind.OPERATOR, operator, start);
      }
    }
    throw new ExpressionException("Unexpected \"%s\"".formatted(c), start);
  }

  private boolean matches(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(position, text.length());
    boolean found = matcher.lookingAt();
    position = found ? matcher.end() : position;
    return found;
  }

  private Token string(char quote) {
    int start = position++;
    StringBuilder value = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == quote) {
        return new Token(Token.Kind.STRING, value.toString(), start);
      }
      value.append(c == '\\' ? escaped() : c);
    }
    throw new ExpressionException("A string has no end", start);
  }

  private char escaped() {
    int at = position - 1;
    char c = position < text.length() ? text.charAt(position++) : 'u';
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'x' -> hex(2, at);
      case 'u' -> hex(4, at);
      default -> c;
    };
  }

  private char hex(int digits, int at) {
    int end = position + digits;
    String code = text.substring(Math.min(position, text.length()), Math.min(end, text.length()));
    if (!code.matches("[0-9A-Fa-f]{%d}".formatted(digits))) {
      throw new ExpressionException("A string has an incomplete escape", at);
    }
    position = end;
    return (char) Integer.parseInt(code, 16);
  }

  /// Takes a regular expression, whose first slash is the next word.
  Regex regex() {
    int start = next.at();
    int end = start + 1;
    boolean set = false;
    while (end < text.length() && (set || text.charAt(end) != '/')) {
      char c = text.charAt(end);
      set = (set || c == '[') && c != ']';
      end += c == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw new ExpressionException("A regular expression has no end", start);
    }
    position = end + 1;
    int flags = position;
    boolean flagged = matches(NAME);
    if (flagged && !text.substring(flags, position).equals("i")) {
      throw new ExpressionException("Of the flags of regular expressions there is only i", flags);
    }
    String pattern = text.substring(start + 1, end);
    next = read();
    return Regex.read(pattern, flagged, start + 1);
  }
}
