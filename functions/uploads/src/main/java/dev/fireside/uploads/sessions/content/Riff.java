package dev.fireside.uploads.sessions.content;

/// AVI, WAV and WebP.
final class Riff {
  private static final int HEADER_BYTES = 8;

  /// What recorders write that did not know when they would stop.
  private static final long UNKNOWN = 0xffff_ffffL;

  private Riff() {}

  /// Whether all is there that the header announces.
  static boolean isWhole(Window window) {
    long announced = window.u32le(4);
    return announced == UNKNOWN
        || announced == 0
        || announced + HEADER_BYTES <= window.size() + (announced & 1);
  }
}
