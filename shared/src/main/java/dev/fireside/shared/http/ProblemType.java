package dev.fireside.shared.http;

/// The kinds of failure a client can switch on; `docs/problems.md` explains each.
public enum ProblemType {
  MALFORMED_BODY(400, "The body is not usable JSON"),
  INVALID_INPUT(400, "Some fields are not valid"),
  INVALID_CURSOR(400, "The cursor is not valid here"),
  UNAUTHENTICATED(401, "A valid token is needed"),
  FORBIDDEN(403, "You may not do this"),
  SUSPENDED(403, "The account is suspended"),
  SECOND_FACTOR_REQUIRED(403, "A second factor is needed"),
  NOT_FOUND(404, "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "The method does not exist here"),
  NOT_ACCEPTABLE(406, "There is no answer in an encoding you take"),
  CONFLICT(409, "The state of things does not allow this"),
  IN_PROGRESS(409, "The same request is still being worked on"),
  PAYLOAD_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json"),
  KEY_REUSED(422, "The idempotency key was used for another request"),
  RATE_LIMITED(429, "Too many requests"),
  INTERNAL(500, "Something went wrong on our side"),
  UNAVAILABLE(503, "A service we need does not answer");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// One fixed sentence for people.
  public String title() {
    return title;
  }

  /// The stable identifier, such as `urn:fireside:problem:invalid-input`.
  public String uri() {
    return "urn:fireside:problem:" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
