package dev.fireside.emulator.database.engine;

/// A call is not done. The message is for the client.
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why.
  public enum Reason {
    /// The rules say no.
    DENIED("permission_denied"),

    /// A conditional write found other data than it expected.
    STALE("datastale"),

    /// More is written or removed than may be at once.
    TOO_BIG("write_too_big"),

    /// It cannot be done by anybody.
    INVALID("failure");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /// The protocol's word.
    public String code() {
      return code;
    }
  }

  private final Reason reason;

  private Refusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static Refusal denied() {
    return new Refusal(Reason.DENIED, "Permission denied");
  }

  static Refusal stale() {
    return new Refusal(Reason.STALE, "Data is stale");
  }

  static Refusal tooBig() {
    return new Refusal(
        Reason.TOO_BIG,
        "Data to write exceeds the maximum size that can be modified with a single request.");
  }

  /// Something in the call that nobody could do.
  public static Refusal invalid(String message) {
    return new Refusal(Reason.INVALID, message);
  }

  public Reason reason() {
    return reason;
  }
}
