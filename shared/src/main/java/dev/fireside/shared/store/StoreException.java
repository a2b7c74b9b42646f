package dev.fireside.shared.store;

/// Firestore refused or did not answer.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean temporary;

  StoreException(String message, Throwable cause, boolean temporary) {
    super(message, cause);
    this.temporary = temporary;
  }

  /// Whether the same call may go through later (unavailable, deadline, contention).
  public boolean isTemporary() {
    return temporary;
  }
}
