package dev.fireside.transcoder;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.Rendition;
import dev.fireside.transcoder.domain.Clip;
import dev.fireside.transcoder.packaging.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What has been made of a clip, with more qualities.
final class StreamLists {
  private StreamLists() {}

  /// The lowest first, the sound last.
  static Made with(Made made, Clip clip, List<Stream> streams, List<String> files) {
    var renditions = new ArrayList<>(made.renditions());
    Duration duration = made.duration();
    for (Stream stream : streams) {
      renditions.removeIf(other -> other.name().equals(stream.rendition().name()));
      renditions.add(stream.rendition());
      duration = duration.compareTo(stream.duration()) > 0 ? duration : stream.duration();
    }
    renditions.sort(Comparator.comparing(Rendition::isSound).thenComparingInt(Rendition::width));
    Clip.VideoTrack video = clip.video();
    return new Made(
            duration,
            video == null ? 0 : video.width(),
            video == null ? 0 : video.height(),
            renditions,
            made.files())
        .plus(files);
  }
}
