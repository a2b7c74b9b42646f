package dev.fireside.transcoder;

/// Somebody else works on the order now, or it is not there any more.
final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLostException() {
    super("The lease is lost");
  }
}
