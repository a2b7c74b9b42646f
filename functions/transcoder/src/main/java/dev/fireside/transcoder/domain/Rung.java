package dev.fireside.transcoder.domain;

/// One quality of a ladder, as it is to be made.
///
/// @param name such as `360p`
/// @param width in pixels, even
/// @param height in pixels, even
/// @param averageBits a second
/// @param maxBits a second
public record Rung(String name, int width, int height, long averageBits, long maxBits) {
  /// The smaller edge.
  public int edge() {
    return Math.min(width, height);
  }
}
