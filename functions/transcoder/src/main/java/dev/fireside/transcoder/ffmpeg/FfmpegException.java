package dev.fireside.transcoder.ffmpeg;

/// A run of ffmpeg that did not end well.
public final class FfmpegException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Why it ended.
  public enum Kind {
    /// By itself, with an error: mostly of what it read.
    FAILED,
    /// It took longer than it may.
    TOO_SLOW,
    /// It wrote more than it may.
    TOO_MUCH,
    /// Somebody else killed it, such as a system without memory.
    KILLED,
    /// We stopped it.
    STOPPED
  }

  private final Kind kind;

  FfmpegException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
