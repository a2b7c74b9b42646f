package dev.fireside.emulator.storage.rules;

/// Rules that cannot be read, with the place.
public final class RulesSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RulesSyntaxException(int line, int column, String message) {
    super("Line " + line + ", column " + column + ": " + message);
  }
}
