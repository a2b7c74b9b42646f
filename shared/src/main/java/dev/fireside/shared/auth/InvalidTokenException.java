package dev.fireside.shared.auth;

/// A token that proves nobody's identity; the message says why, for the caller to read.
public final class InvalidTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidTokenException(String message) {
    super(message);
  }
}
