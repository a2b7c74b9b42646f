package dev.fireside.shared.events;

/// Pub/Sub did not take a message.
public final class PublishException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  PublishException(String message, Throwable cause) {
    super(message, cause);
  }
}
