package dev.fireside.shared.store;

/// A transaction would create a document that exists already; nothing of it was written.
public final class AlreadyExistsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AlreadyExistsException(Throwable cause) {
    super("The document exists already", cause);
  }
}
