package dev.fireside.uploads.videos;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.domain.VideoDetails;
import dev.fireside.uploads.videos.domain.VideoState;
import dev.fireside.uploads.videos.store.VideoStore;
import java.util.function.UnaryOperator;

/// Changes what the owner says of a video.
final class EditVideo {
  private final VideoStore videos;

  EditVideo(VideoStore videos) {
    this.videos = videos;
  }

  /// Changes details; what is published stays so.
  void edit(Uid owner, String id, UnaryOperator<VideoDetails> edit) {
    change(owner, id, video -> edited(video, edit.apply(video.details())));
  }

  private static Video edited(Video video, VideoDetails details) {
    if (video.postId() != null && details.draft()) {
      throw ProblemException.conflict(
          Reason.PUBLISHED, "The video is published: make it private to take it from view");
    }
    return video.withDetails(details);
  }

  /// Changes a video of this owner. Throws a 404 problem for what is not theirs.
  @CanIgnoreReturnValue
  Video change(Uid owner, String id, UnaryOperator<Video> change) {
    return videos
        .change(
            id,
            video -> {
              if (!video.owner().equals(owner) || video.state() == VideoState.DELETED) {
                throw Problems.noSuchVideo();
              }
              return change.apply(video);
            })
        .orElseThrow(Problems::noSuchVideo);
  }

  /// The video of this owner. Throws a 404 problem for what is not theirs.
  static Video owned(VideoStore videos, Uid owner, String id) {
    return videos
        .find(id)
        .filter(video -> video.owner().equals(owner))
        .orElseThrow(Problems::noSuchVideo);
  }
}
