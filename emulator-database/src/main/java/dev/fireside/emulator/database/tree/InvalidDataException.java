package dev.fireside.emulator.database.tree;

/// A path, a value or a query that the database does not accept. The message is for the client.
public final class InvalidDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidDataException(String message) {
    super(message);
  }
}
