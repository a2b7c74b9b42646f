package dev.fireside.transcoder.domain;

import dev.fireside.media.domain.MediaFiles;
import java.time.Duration;
import java.util.Locale;

/// Small pictures of a clip, at even times, in one picture of rows and columns.
///
/// @param count how many
/// @param seconds from one to the next
/// @param width of each
/// @param height of each
public record Thumbnails(int count, int seconds, int width, int height) {
  private static final int COUNT_MAX = 100;
  private static final int COLUMNS = 10;
  private static final int LONGER_EDGE = 160;
  private static final int EDGE_MIN = 16;

  /// Those of a clip.
  public static Thumbnails of(Clip.VideoTrack video, Duration duration) {
    double length = Math.max(0.001, duration.toMillis() / 1e3);
    int seconds = Math.max(1, (int) Math.ceil(length / COUNT_MAX));
    double shrink = (double) LONGER_EDGE / Math.max(video.width(), video.height());
    return new Thumbnails(
        (int) Math.ceil(length / seconds),
        seconds,
        even(video.width() * shrink),
        even(video.height() * shrink));
  }

  private static int even(double pixels) {
    int half = (int) (pixels / 2);
    return Math.max(EDGE_MIN, 2 * half);
  }

  /// What has ffmpeg make them: the first frame at or after each time.
  public String filter() {
    int columns = Math.min(count, COLUMNS);
    return "select='isnan(prev_selected_t)+gte(t,floor(prev_selected_t/%1$d)*%1$d+%1$d)',scale=%2$d:%3$d,tile=%4$dx%5$d"
        .formatted(seconds, width, height, columns, Math.ceilDiv(count, columns));
  }

  /// The track of WebVTT that says which part is which time.
  public String track(Duration duration) {
    var text = new StringBuilder("WEBVTT\n");
    double length = duration.toMillis() / 1e3;
    for (int i = 0; i < count; i++) {
      double until = Math.min(length, (i + 1.0) * seconds);
      text.append(
          "\n%s --> %s\n%s#xywh=%d,%d,%d,%d\n"
              .formatted(
                  time((double) i * seconds),
                  time(until),
                  MediaFiles.THUMBNAILS,
                  i % COLUMNS * width,
                  i / COLUMNS * height,
                  width,
                  height));
    }
    return text.toString();
  }

  private static String time(double seconds) {
    long millis = Math.round(seconds * 1e3);
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1_000 % 60,
        millis % 1_000);
  }
}
