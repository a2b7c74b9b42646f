package dev.fireside.transcoder.ffmpeg;

import java.util.OptionalLong;

/// Lines of ffmpeg's report.
public final class Progress {
  private static final String TIME = "out_time_us=";

  private Progress() {}

  /// How far a run has come, in microseconds of the clip; empty for a line that does not say.
  public static OptionalLong micros(String line) {
    try {
      return line.startsWith(TIME)
          ? OptionalLong.of(Math.max(0, Long.parseLong(line.substring(TIME.length()).strip())))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      // Before the first frame it says N/A.
      return OptionalLong.empty();
    }
  }
}
