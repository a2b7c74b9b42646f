package dev.fireside.media.domain;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;

/// What has been made so far; all of it can be played or shown.
///
/// @param duration of the stream; zero for an image
/// @param width of the picture as it is shown; 0 for a sound
/// @param height of the picture as it is shown; 0 for a sound
/// @param renditions the lowest first, the sound last; empty for an image
/// @param files names of all that was made beside the streams, such as `poster-small.webp`
public record Made(
    Duration duration, int width, int height, List<Rendition> renditions, List<String> files) {
  public static final Made NOTHING = new Made(Duration.ZERO, 0, 0, List.of(), List.of());

  public Made {
    renditions = List.copyOf(renditions);
    files = List.copyOf(files);
  }

  /// The same, and more files.
  public Made plus(List<String> more) {
    var all = new LinkedHashSet<>(files);
    all.addAll(more);
    return new Made(duration, width, height, renditions, List.copyOf(all));
  }

  /// Whether it is a stream that can be played.
  public boolean isPlayable() {
    return !renditions.isEmpty();
  }

  /// Whether `file` is there.
  public boolean has(String file) {
    return files.contains(file);
  }
}
