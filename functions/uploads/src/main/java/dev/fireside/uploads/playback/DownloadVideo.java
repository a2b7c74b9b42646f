package dev.fireside.uploads.playback;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.Rendition;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Uid;
import dev.fireside.uploads.links.Links;
import dev.fireside.uploads.videos.Problems;
import dev.fireside.uploads.videos.WatchVideo;
import dev.fireside.uploads.videos.store.VideoStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says where the files of a video are, for somebody who takes it with them: its owner, or whoever
/// may watch it where its owner lets others.
final class DownloadVideo {
  private static final Duration LIFE = Duration.ofHours(12);

  private final WatchVideo watchVideo;
  private final Links links;

  DownloadVideo(WatchVideo watchVideo, Links links) {
    this.watchVideo = watchVideo;
    this.links = links;
  }

  /// @param expiresAt until when the addresses hold
  record Download(Instant expiresAt, List<File> files) {}

  /// @param name of the rendition
  record File(String name, String codecs, long bytes, String url) {}

  /// @param edgeMax the smaller edge of the picture in pixels, at most; 0 for the best there is
  Download download(Uid viewer, String id, int edgeMax) {
    VideoStore.Entry entry = watchVideo.watch(viewer, id).orElseThrow(Problems::noSuchVideo);
    if (!entry.video().owner().equals(viewer) && !entry.video().details().downloads()) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN, "Whoever made this video does not let others take it with them");
    }
    Made made = entry.made();
    Instant until = links.until(LIFE);
    Rendition picture = picture(made, edgeMax);
    return new Download(
        until,
        made.renditions().stream()
            .filter(it -> it.isSound() || it.equals(picture))
            .map(it ->
                new File(
                    it.name(),
                    it.codecs(),
                    it.bytes(),
                    links.signed(MediaFiles.folder(id) + MediaFiles.media(it.name()), until)))
            .toList());
  }

  /// The best that is no larger; the smallest where all are.
  private static @Nullable Rendition picture(Made made, int edgeMax) {
    List<Rendition> pictures =
        made.renditions().stream()
            .filter(it -> !it.isSound())
            .sorted(Comparator.comparingInt(DownloadVideo::edge))
            .toList();
    return pictures.stream()
        .filter(it -> edgeMax == 0 || edge(it) <= edgeMax)
        .reduce((_, later) -> later)
        .orElse(pictures.isEmpty() ? null : pictures.getFirst());
  }

  private static int edge(Rendition rendition) {
    return Math.min(rendition.width(), rendition.height());
  }
}
