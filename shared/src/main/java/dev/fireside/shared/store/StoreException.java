package dev.fireside.shared.store;

/// Firestore refused a call, as it would every time: something is wrong with the call.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
