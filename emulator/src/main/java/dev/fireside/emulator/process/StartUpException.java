package dev.fireside.emulator.process;

/// A service of the local cloud could not be started; the message says which one and what to do.
public final class StartUpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartUpException(String message) {
    super(message);
  }

  StartUpException(String message, Throwable cause) {
    super(message, cause);
  }
}
