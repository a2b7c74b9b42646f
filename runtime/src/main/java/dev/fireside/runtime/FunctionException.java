package dev.fireside.runtime;

/// A function cannot be served: there is none of that name, or it cannot be made.
public final class FunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FunctionException(String message) {
    super(message);
  }

  FunctionException(String message, Throwable cause) {
    super(message, cause);
  }
}
