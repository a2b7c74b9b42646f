package dev.fireside.emulator.storage.http;

import java.io.IOException;

/// The body of a request ends before it should, as its connection does: there is nobody to answer.
public final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(IOException cause) {
    super("The client hung up", cause);
  }
}
