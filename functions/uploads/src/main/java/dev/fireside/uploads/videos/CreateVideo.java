package dev.fireside.uploads.videos;

import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadKind;
import dev.fireside.uploads.sessions.domain.UploadState;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.domain.VideoDetails;
import dev.fireside.uploads.videos.store.VideoStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes a video of an upload, which may still be on its way.
final class CreateVideo {
  private final VideoStore videos;
  private final ProfileReader profiles;

  CreateVideo(VideoStore videos, ProfileReader profiles) {
    this.videos = videos;
    this.profiles = profiles;
  }

  /// @param coverAt the time of its poster; null for one that is chosen
  record Wish(String uploadId, VideoDetails details, @Nullable Duration coverAt) {}

  /// @param id of the new video; the same on every attempt of one request
  Video create(Uid owner, String id, Wish wish) {
    if (profiles.get(owner).filter(Profile::isActive).isEmpty()) {
      throw ProblemException.conflict(
          Reason.NO_PROFILE, "You have no profile yet: create one with POST /api/users");
    }
    var video =
        Video.begun(
            new Video.Origin(id, owner, wish.uploadId(), wish.coverAt(), Ids.instantOf(id)),
            wish.details());
    return videos
        .create(video, upload -> check(owner, upload))
        .orElseThrow(CreateVideo::noSuchUpload);
  }

  private static ProblemException noSuchUpload() {
    return Problems.field(ProblemType.NOT_FOUND, "uploadId", "is none of your uploads");
  }

  private static void check(Uid owner, Upload upload) {
    if (!upload.owner().equals(owner) || upload.state() == UploadState.CANCELLED) {
      throw noSuchUpload();
    }
    if (upload.kind() != UploadKind.VIDEO) {
      throw Problems.field(ProblemType.INVALID_INPUT, "uploadId", "is no upload of a video");
    }
    if (upload.state() == UploadState.REFUSED) {
      throw ProblemException.conflict(
          Reason.UPLOAD_REFUSED, "The upload was refused: read it to see why");
    }
    if (upload.usedBy() != null) {
      throw ProblemException.conflict(
          Reason.UPLOAD_USED, "There is a video of this upload already: " + upload.usedBy());
    }
  }
}
