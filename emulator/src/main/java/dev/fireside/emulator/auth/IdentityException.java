package dev.fireside.emulator.auth;

/// A refusal in the words of Identity Toolkit, which the SDKs map to their own error codes.
final class IdentityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /// A refused request (400).
  IdentityException(String message) {
    this(400, message);
  }

  IdentityException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  static void check(boolean holds, String message) {
    if (!holds) {
      throw new IdentityException(message);
    }
  }
}
