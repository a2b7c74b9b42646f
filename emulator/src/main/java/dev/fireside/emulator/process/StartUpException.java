package dev.fireside.emulator.process;

/// A service of the local cloud could not be started; the message says which one and what to do.
public final class StartUpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartUpException(String message) {
    super(message);
  }

  public StartUpException(String message, Throwable cause) {
    super(message, cause);
  }
}
