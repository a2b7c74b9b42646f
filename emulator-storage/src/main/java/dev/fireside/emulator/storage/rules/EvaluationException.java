package dev.fireside.emulator.storage.rules;

/// An expression that has no value: where it decides, it denies.
final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EvaluationException(String message) {
    super(message, null, false, false);
  }
}
