package dev.fireside.shared.auth;

/// Firebase Auth did not answer, or refused what it should not.
public final class AuthUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuthUnavailableException(Throwable cause) {
    super("Firebase Auth is not available", cause);
  }
}
