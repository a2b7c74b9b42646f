package dev.fireside.shared.realtime;

import dev.fireside.shared.UnavailableException;

/// The Realtime Database did not take a write.
public final class RealtimeException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  RealtimeException(String message) {
    super(message, null);
  }

  RealtimeException(String message, Throwable cause) {
    super(message, cause);
  }
}
