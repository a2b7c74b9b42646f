package dev.fireside.transcoder.ffmpeg;

import java.time.Duration;

/// What one run of ffmpeg may take.
///
/// @param time from its start to its end
/// @param memoryBytes of its address space; the machine's own where the system has no such limit
/// @param fileBytes of each file that it writes
/// @param threads of each decoder, filter and encoder
public record Limits(Duration time, long memoryBytes, long fileBytes, int threads) {
  private static final long MIB = 1024 * 1024;

  /// For a look at a file.
  public static final Limits GLANCE = new Limits(Duration.ofSeconds(60), 4096 * MIB, MIB, 1);

  /// The same with other files.
  public Limits withFileBytes(long bytes) {
    return new Limits(time, memoryBytes, bytes, threads);
  }
}
