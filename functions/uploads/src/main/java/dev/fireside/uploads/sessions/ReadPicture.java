package dev.fireside.uploads.sessions;

import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.uploads.links.Links;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadKind;
import dev.fireside.uploads.sessions.domain.UploadState;
import dev.fireside.uploads.sessions.store.UploadStore;
import java.time.Duration;

/// Leads to a picture that somebody uploaded, as it was made ready: by an address that stays, for
/// posts and profiles, to one that holds for a while. Whoever knows the id may see it.
final class ReadPicture {
  private static final Duration LIFE = Duration.ofHours(12);

  private final UploadStore uploads;
  private final TranscodeStore transcodes;
  private final Links links;

  ReadPicture(UploadStore uploads, TranscodeStore transcodes, Links links) {
    this.uploads = uploads;
    this.transcodes = transcodes;
    this.links = links;
  }

  /// Where the picture is. Throws a 404 problem where there is none, or it is not ready yet.
  String address(String id, MediaFiles.Size size) {
    Upload upload =
        uploads
            .find(id)
            .filter(it -> it.kind() == UploadKind.IMAGE || it.kind() == UploadKind.AVATAR)
            .filter(it -> it.state() == UploadState.ACCEPTED)
            .orElseThrow(Problems::noSuchUpload);
    if (transcodes.find(id).filter(it -> it.state() instanceof TranscodeState.Done).isEmpty()) {
      throw Problems.noSuchUpload();
    }
    return links.signed(
        MediaFiles.folder(upload.id()) + MediaFiles.picture(size, "webp"), links.until(LIFE));
  }
}
