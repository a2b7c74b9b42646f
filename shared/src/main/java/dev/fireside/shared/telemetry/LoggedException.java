package dev.fireside.shared.telemetry;

/// Ends what goes on, and was logged where it happened: who catches it further up adds nothing, and
/// a log of it is left out.
public final class LoggedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LoggedException(String message, Throwable cause) {
    super(message, cause);
  }
}
