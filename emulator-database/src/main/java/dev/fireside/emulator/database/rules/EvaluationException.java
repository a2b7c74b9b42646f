package dev.fireside.emulator.database.rules;

/// A rule that fails while it runs; it denies.
final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EvaluationException(String message) {
    super(message, null, false, false);
  }
}
