package dev.fireside.shared.http;

import java.util.List;
import java.util.Map;

/// A failure that is answered as `application/problem+json` (RFC 9457).
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<FieldError> errors;
  private final transient Map<String, String> headers;

  private ProblemException(
      ProblemType type, String detail, List<FieldError> errors, Map<String, String> headers) {
    // It is for the caller, not for us: no stack trace is needed.
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
  }

  /// A failure of a kind, with a sentence about this case.
  public static ProblemException of(ProblemType type, String detail) {
    return new ProblemException(type, detail, List.of(), Map.of());
  }

  /// A failure with headers of its own.
  public static ProblemException of(ProblemType type, String detail, Map<String, String> headers) {
    return new ProblemException(type, detail, List.of(), headers);
  }

  /// Input that cannot be used, with every field that is wrong.
  public static ProblemException invalid(ProblemType type, List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().field() + " " + errors.getFirst().message()
            : errors.size() + " fields are not valid";
    return new ProblemException(type, detail, errors, Map.of());
  }

  /// There is no such thing, or the caller may not know of it.
  public static ProblemException notFound(String what) {
    return of(ProblemType.NOT_FOUND, "There is no such " + what);
  }

  /// The kind of failure.
  public ProblemType type() {
    return type;
  }

  /// What is wrong with single fields.
  public List<FieldError> errors() {
    return errors;
  }

  /// Headers to answer with.
  public Map<String, String> headers() {
    return headers;
  }
}
