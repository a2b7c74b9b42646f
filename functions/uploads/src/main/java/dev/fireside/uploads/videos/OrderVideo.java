package dev.fireside.uploads.videos;

import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.json.WireNames;
import dev.fireside.uploads.sessions.domain.Refusal;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadKind;
import dev.fireside.uploads.sessions.domain.UploadState;
import dev.fireside.uploads.sessions.store.UploadStore;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.domain.VideoFailure;
import dev.fireside.uploads.videos.domain.VideoState;
import dev.fireside.uploads.videos.store.VideoStore;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Has a video made once both are there, in whatever order they come: its upload, accepted, and
/// what its owner says of it. Where the upload was refused, the video has failed.
public final class OrderVideo {
  private final UploadStore uploads;
  private final VideoStore videos;
  private final TranscodeStore transcodes;
  private final Clock clock;

  OrderVideo(UploadStore uploads, VideoStore videos, TranscodeStore transcodes, Clock clock) {
    this.uploads = uploads;
    this.videos = videos;
    this.transcodes = transcodes;
    this.clock = clock;
  }

  /// Called when an upload was written.
  public void order(String uploadId) {
    Optional<Upload> upload = uploads.find(uploadId).filter(it -> it.kind() == UploadKind.VIDEO);
    String videoId = upload.map(Upload::usedBy).orElse(null);
    if (videoId != null) {
      order(upload.orElseThrow(), videoId);
    }
  }

  private void order(Upload upload, String videoId) {
    if (upload.state() == UploadState.ACCEPTED) {
      videos
          .find(videoId)
          .ifPresent(video ->
              transcodes.create(
                  videoId,
                  new TranscodeOrder.Video(upload.object(), video.origin().coverAt()),
                  clock.instant()));
    } else if (upload.state() == UploadState.REFUSED) {
      videos.change(videoId, video -> failed(video, upload.refusal()));
    }
  }

  private static Video failed(Video video, @Nullable Refusal refusal) {
    return video.state() == VideoState.PROCESSING && refusal != null
        ? video.failed(new VideoFailure(WireNames.of(refusal), refusal.sentence()))
        : video;
  }
}
