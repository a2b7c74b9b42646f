package dev.fireside.uploads.videos;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.Transcode;
import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.json.WireNames;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.domain.VideoFailure;
import dev.fireside.uploads.videos.domain.VideoState;
import dev.fireside.uploads.videos.store.VideoStore;

/// Brings a video in line with how far its making has come: it can be played once anything of it
/// can, and is published then. Asks for the job that makes it.
public final class FollowTranscode {
  private final VideoStore videos;
  private final TranscodeStore transcodes;
  private final StartTranscodes startTranscodes;

  FollowTranscode(VideoStore videos, TranscodeStore transcodes, StartTranscodes startTranscodes) {
    this.videos = videos;
    this.transcodes = transcodes;
    this.startTranscodes = startTranscodes;
  }

  /// Called when an order was written. Reads it as it is now: events come in no order.
  public void follow(String id) {
    transcodes.find(id).ifPresent(this::follow);
  }

  private void follow(Transcode transcode) {
    if (transcode.order() instanceof TranscodeOrder.Video) {
      videos.change(transcode.id(), video -> after(video, transcode.state()));
    }
    startTranscodes.startIfDue(transcode);
  }

  private static Video after(Video video, TranscodeState state) {
    Made made = state.made();
    if (video.state() == VideoState.DELETED) {
      return video;
    }
    if (made.isPlayable()) {
      return video.playable(made.width(), made.height());
    }
    return state instanceof TranscodeState.Failed(TranscodeFailure failure, _, _)
        ? video.failed(new VideoFailure(WireNames.of(failure), failure.sentence()))
        : video;
  }
}
