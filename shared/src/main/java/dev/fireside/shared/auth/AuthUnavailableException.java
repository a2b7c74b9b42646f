package dev.fireside.shared.auth;

import dev.fireside.shared.UnavailableException;

/// Firebase Auth did not answer, or refused what it should not.
public final class AuthUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  AuthUnavailableException(Throwable cause) {
    super("Firebase Auth is not available", cause);
  }
}
