package dev.fireside.shared.events;

/// An event that no redelivery will mend. It is recorded under `poison/` and acknowledged.
public final class PoisonEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PoisonEventException(String message) {
    super(message);
  }

  public PoisonEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
