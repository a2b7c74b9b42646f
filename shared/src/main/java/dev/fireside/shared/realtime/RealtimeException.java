package dev.fireside.shared.realtime;

/// The Realtime Database did not take a write.
public final class RealtimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RealtimeException(String message) {
    super(message);
  }

  RealtimeException(String message, Throwable cause) {
    super(message, cause);
  }
}
