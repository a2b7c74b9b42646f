package dev.fireside.emulator.database.rest;

/// A request is not served. The message is for the client.
final class RestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  RestException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
