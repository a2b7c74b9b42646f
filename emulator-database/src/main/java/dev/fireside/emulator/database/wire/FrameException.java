package dev.fireside.emulator.database.wire;

/// What a client sent cannot be read on: its connection ends.
final class FrameException extends Exception {
  private static final long serialVersionUID = 1L;

  FrameException(String message) {
    super(message);
  }
}
