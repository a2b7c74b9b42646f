package dev.fireside.chat.store;

/// The document of a message has no room for what is added to it.
public final class FullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FullException() {
    super("The messages around it are too large already");
  }
}
