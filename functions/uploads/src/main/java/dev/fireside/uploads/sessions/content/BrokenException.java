package dev.fireside.uploads.sessions.content;

/// The bytes end too early, or contradict themselves.
final class BrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenException() {
    super(null, null, false, false);
  }
}
