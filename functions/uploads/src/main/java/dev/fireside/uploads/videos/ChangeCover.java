package dev.fireside.uploads.videos;

import dev.fireside.media.domain.Transcode;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadKind;
import dev.fireside.uploads.sessions.domain.UploadState;
import dev.fireside.uploads.sessions.store.UploadStore;
import dev.fireside.uploads.videos.store.VideoStore;
import java.util.Optional;

/// Puts a picture in the place of a video's poster, and takes it away again.
final class ChangeCover {
  private final EditVideo editVideo;
  private final VideoStore videos;
  private final UploadStore uploads;
  private final TranscodeStore transcodes;
  private final DeleteVideo deleteVideo;

  ChangeCover(
      EditVideo editVideo,
      VideoStore videos,
      UploadStore uploads,
      TranscodeStore transcodes,
      DeleteVideo deleteVideo) {
    this.editVideo = editVideo;
    this.videos = videos;
    this.uploads = uploads;
    this.transcodes = transcodes;
    this.deleteVideo = deleteVideo;
  }

  void put(Uid owner, String id, String uploadId) {
    String before = cover(owner, id).orElse(null);
    if (uploads.change(uploadId, upload -> used(owner, id, upload)).isEmpty()) {
      throw noSuchUpload();
    }
    editVideo.change(owner, id, video -> video.withCover(uploadId));
    if (before != null && !before.equals(uploadId)) {
      deleteVideo.remove(before);
    }
  }

  private Optional<String> cover(Uid owner, String id) {
    return Optional.ofNullable(EditVideo.owned(videos, owner, id).cover());
  }

  private static ProblemException noSuchUpload() {
    return Problems.field(ProblemType.NOT_FOUND, "uploadId", "is none of your uploads");
  }

  private Upload used(Uid owner, String id, Upload upload) {
    if (!upload.owner().equals(owner) || upload.state() == UploadState.CANCELLED) {
      throw noSuchUpload();
    }
    if (upload.kind() != UploadKind.IMAGE) {
      throw Problems.field(ProblemType.INVALID_INPUT, "uploadId", "is no upload of an image");
    }
    if (upload.usedBy() != null && !upload.usedBy().equals(id)) {
      throw ProblemException.conflict(Reason.UPLOAD_USED, "It is the cover of another video");
    }
    Optional<Transcode> made = transcodes.find(upload.id());
    if (upload.state() == UploadState.REFUSED
        || made.filter(it -> it.state() instanceof TranscodeState.Failed).isPresent()) {
      throw ProblemException.conflict(Reason.UPLOAD_REFUSED, "The upload cannot be used");
    }
    if (made.filter(it -> it.state() instanceof TranscodeState.Done).isEmpty()) {
      throw ProblemException.conflict(Reason.UPLOAD_UNFINISHED, "The picture is not ready yet");
    }
    return upload.usedBy(id);
  }

  void delete(Uid owner, String id) {
    Optional<String> before = cover(owner, id);
    editVideo.change(owner, id, video -> video.withCover(null));
    before.ifPresent(deleteVideo::remove);
  }
}
