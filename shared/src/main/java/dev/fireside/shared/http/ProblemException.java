package dev.fireside.shared.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A failure that is answered as `application/problem+json` (RFC 9457).
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<FieldError> errors;
  private final transient Map<String, String> headers;
  private final transient Map<String, Object> members;

  private ProblemException(
      ProblemType type,
      String detail,
      List<FieldError> errors,
      Map<String, String> headers,
      Map<String, Object> members) {
    // It is for the caller, not for us: no stack trace is needed.
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
    this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /// A failure of a kind, with a sentence about this case.
  public static ProblemException of(ProblemType type, String detail) {
    return new ProblemException(type, detail, List.of(), Map.of(), Map.of());
  }

  /// A failure with headers of its own.
  public static ProblemException of(ProblemType type, String detail, Map<String, String> headers) {
    return new ProblemException(type, detail, List.of(), headers, Map.of());
  }

  /// Input that cannot be used, with every field that is wrong.
  public static ProblemException invalid(ProblemType type, List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().field() + " " + errors.getFirst().message()
            : errors.size() + " fields are not valid";
    return new ProblemException(type, detail, errors, Map.of(), Map.of());
  }

  /// The state of things does not allow it.
  public static ProblemException conflict(Reason reason, String detail) {
    return of(ProblemType.CONFLICT, detail).because(reason);
  }

  /// The state of things does not allow what fields ask for.
  public static ProblemException conflict(Reason reason, List<FieldError> errors) {
    return invalid(ProblemType.CONFLICT, errors).because(reason);
  }

  /// The same with the cause, for types that have several.
  public ProblemException because(Reason reason) {
    return with("reason", reason.code());
  }

  /// The same with one more member of the body.
  public ProblemException with(String name, Object value) {
    var more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new ProblemException(type, String.valueOf(getMessage()), errors, headers, more);
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

  /// Members of the body beside those that every problem has, such as `reason`.
  public Map<String, Object> members() {
    return members;
  }

  /// Headers to answer with.
  public Map<String, String> headers() {
    return headers;
  }
}
