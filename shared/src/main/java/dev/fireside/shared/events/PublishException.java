package dev.fireside.shared.events;

import dev.fireside.shared.UnavailableException;

/// Pub/Sub did not take a message.
public final class PublishException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  PublishException(String message, Throwable cause) {
    super(message, cause);
  }
}
