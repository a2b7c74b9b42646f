package dev.fireside.emulator.database.auth;

/// A token does not count.
public final class TokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean expired;

  TokenException(boolean expired, String message) {
    super(message);
    this.expired = expired;
  }

  /// Whether it did count once.
  public boolean expired() {
    return expired;
  }

  /// The protocol's word: `expired_token` or `invalid_token`.
  public String code() {
    return expired ? "expired_token" : "invalid_token";
  }
}
