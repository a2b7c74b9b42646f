package dev.fireside.transcoder.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What was found in a file.
///
/// @param format name of its container, one of [Formats]
/// @param duration of the whole; zero where only playing it would show
/// @param video its picture; null for none
/// @param audio its sound; null for none
public record Clip(
    String format, Duration duration, @Nullable VideoTrack video, @Nullable AudioTrack audio) {

  /// How long the picture is, or the sound of a clip without one.
  public Duration pictureDuration() {
    return video == null || video.duration().isZero() ? duration : video.duration();
  }

  /// The same with the duration that was measured.
  public Clip withDuration(Duration measured) {
    return new Clip(format, measured, video, audio);
  }

  /// The picture that is served.
  ///
  /// @param index which stream of the file it is
  /// @param codec as ffmpeg names it
  /// @param width as it is shown, turned and with square pixels
  /// @param height as it is shown
  /// @param rate the steady rate that it is served with
  /// @param hdrTransfer of light that must be mapped to that of ordinary screens, as ffmpeg names
  ///   it; null for that of ordinary screens
  /// @param duration of this stream; zero where the file does not say
  /// @param bitsPerSecond of this stream; 0 where the file does not say
  public record VideoTrack(
      int index,
      String codec,
      int width,
      int height,
      Rate rate,
      @Nullable String hdrTransfer,
      Duration duration,
      long bitsPerSecond) {
    /// The smaller edge.
    public int edge() {
      return Math.min(width, height);
    }
  }

  /// The sound that is served.
  ///
  /// @param index which stream of the file it is
  /// @param codec as ffmpeg names it
  /// @param channels how many it has
  public record AudioTrack(int index, String codec, int channels) {}
}
