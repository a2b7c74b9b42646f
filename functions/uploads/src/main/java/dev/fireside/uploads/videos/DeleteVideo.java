package dev.fireside.uploads.videos;

import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.ids.Uid;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadState;
import dev.fireside.uploads.sessions.store.UploadStore;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.domain.VideoState;
import dev.fireside.uploads.videos.store.VideoStore;

/// Deletes a video: first it is said, so that nobody sees it and nobody goes on making it; then
/// everything that was made of it is removed, twice, since somebody may have been at it; then it is
/// forgotten. Where this ends half-way the schedule goes on.
public final class DeleteVideo {
  private final VideoStore videos;
  private final UploadStore uploads;
  private final TranscodeStore transcodes;
  private final MediaStorage storage;

  DeleteVideo(
      VideoStore videos, UploadStore uploads, TranscodeStore transcodes, MediaStorage storage) {
    this.videos = videos;
    this.uploads = uploads;
    this.transcodes = transcodes;
    this.storage = storage;
  }

  /// Throws a 404 problem for what is not this owner's.
  void delete(Uid owner, String id) {
    delete(EditVideo.owned(videos, owner, id).id());
  }

  /// Deletes a video, whoever's it is.
  void delete(String id) {
    videos
        .change(id, video -> video.state() == VideoState.DELETED ? video : video.deleted(0))
        .ifPresent(this::remove);
  }

  /// Removes what is left of a deleted video.
  void remove(Video video) {
    remove(video.id());
    remove(video.origin().uploadId());
    if (video.cover() != null) {
      remove(video.cover());
    }
    if (video.making().swept() == 0) {
      videos.change(video.id(), now -> now.deleted(1));
    } else {
      videos.forget(video.id());
    }
  }

  /// Removes what an id was given to: an order, an upload, and what was made of them.
  void remove(String id) {
    transcodes.delete(id);
    storage.served().deleteAll(MediaFiles.folder(id));
    uploads.find(id).ifPresent(this::remove);
  }

  private void remove(Upload upload) {
    uploads.change(upload.id(), now -> now.in(UploadState.CANCELLED));
    if (upload.session() != null) {
      storage.sessions().cancel(upload.session());
    }
    storage.uploads().delete(upload.object());
    uploads.forget(upload.id());
  }
}
