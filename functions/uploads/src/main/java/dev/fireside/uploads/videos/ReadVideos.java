package dev.fireside.uploads.videos;

import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import dev.fireside.uploads.videos.domain.VideoState;
import dev.fireside.uploads.videos.store.VideoStore;
import org.jspecify.annotations.Nullable;

/// Shows one video to whoever may watch it, and a person their own.
final class ReadVideos {
  private final WatchVideo watchVideo;
  private final VideoStore videos;
  private final PresentVideo presentVideo;

  ReadVideos(WatchVideo watchVideo, VideoStore videos, PresentVideo presentVideo) {
    this.watchVideo = watchVideo;
    this.videos = videos;
    this.presentVideo = presentVideo;
  }

  /// @param viewer null for anonymous viewers
  VideoView read(@Nullable Uid viewer, String id) {
    return watchVideo
        .watch(viewer, id)
        .map(entry -> presentVideo.present(viewer, entry))
        .orElseThrow(Problems::noSuchVideo);
  }

  /// A person's own videos, newest first.
  ///
  /// @param state only those in this state; null for all
  Part<VideoView> own(Uid owner, @Nullable VideoState state, @Nullable String after, int limit) {
    return Part.of(
            videos.ofOwner(owner, state, after, limit + 1), limit, entry -> entry.video().id())
        .map(entry -> presentVideo.present(owner, entry));
  }
}
