package dev.fireside.emulator.database.rules;

/// A mistake in the text of an expression.
final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int at;

  /// @param at the index of the mistake in the text
  ExpressionException(String message, int at) {
    super(message);
    this.at = at;
  }

  int at() {
    return at;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
