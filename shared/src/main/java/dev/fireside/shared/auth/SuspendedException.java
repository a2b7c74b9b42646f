package dev.fireside.shared.auth;

/// A valid token of a suspended account.
public final class SuspendedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SuspendedException() {
    super("The account is suspended");
  }
}
