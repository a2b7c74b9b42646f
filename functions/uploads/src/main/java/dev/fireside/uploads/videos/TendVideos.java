package dev.fireside.uploads.videos;

import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.load.Together;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.domain.VideoState;
import dev.fireside.uploads.videos.store.VideoStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes videos whose time has come, and goes on with removals.
public final class TendVideos {
  private static final Logger log = LoggerFactory.getLogger(TendVideos.class);
  private static final int PAGE = 100;
  private static final int PAGES_MAX = 20;
  private static final int AT_ONCE = 8;

  private final VideoStore videos;
  private final DeleteVideo deleteVideo;

  TendVideos(VideoStore videos, DeleteVideo deleteVideo) {
    this.videos = videos;
    this.deleteVideo = deleteVideo;
  }

  /// Does all that is due.
  public void tend() {
    for (int page = 0; page < PAGES_MAX; page++) {
      List<Video> due = videos.due(PAGE);
      List<Boolean> done = Together.each(due, AT_ONCE, this::tended);
      // What failed is still due: the next page would be the same.
      if (due.size() < PAGE || done.contains(false)) {
        return;
      }
    }
  }

  private boolean tended(Video video) {
    try {
      if (video.state() == VideoState.DELETED) {
        deleteVideo.remove(video);
      } else {
        videos.change(video.id(), now -> now);
      }
      return true;
    } catch (RuntimeException e) {
      log.warn("A video could not be tended: {}", video.id(), e);
      return false;
    }
  }

  /// Deletes all videos of a person who is gone.
  public void deleteAllOf(Uid owner) {
    while (true) {
      List<VideoStore.Entry> some = videos.ofOwner(owner, null, null, PAGE);
      some.forEach(entry -> deleteVideo.delete(entry.video().id()));
      if (some.size() < PAGE) {
        return;
      }
    }
  }
}
