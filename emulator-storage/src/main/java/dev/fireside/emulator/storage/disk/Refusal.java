package dev.fireside.emulator.storage.disk;

/// A request that cannot be served, with the status and reason that Cloud Storage answers.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  public Refusal(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// The word that clients go by, such as `conditionNotMet`.
  public String reason() {
    return reason;
  }

  static Refusal notFound(String what) {
    return new Refusal(404, "notFound", what + " does not exist");
  }

  /// There is no such path.
  public static Refusal noSuchPath() {
    return new Refusal(404, "notFound", "Not Found");
  }

  /// The path is there, but not for this method.
  public static Refusal notAllowed(String method) {
    return new Refusal(405, "methodNotAllowed", method + " is not possible here");
  }

  /// What a client sent is not usable.
  public static Refusal invalid(String message) {
    return new Refusal(400, "invalid", message);
  }
}
