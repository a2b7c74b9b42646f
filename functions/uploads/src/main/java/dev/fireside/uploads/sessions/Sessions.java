package dev.fireside.uploads.sessions;

import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.Platform;
import dev.fireside.uploads.sessions.domain.UploadLimits;
import dev.fireside.uploads.sessions.store.UploadStore;

/// What events and schedules do for uploads, put together.
public record Sessions(
    CheckUpload checkUpload, SweepUploads sweepUploads, CancelUpload cancelUpload) {
  /// Built from a platform.
  public static Sessions of(Platform platform) {
    var uploads = new UploadStore(platform, UploadLimits.of(platform.config()));
    MediaStorage storage = MediaStorage.of(platform);
    var transcodes = new TranscodeStore(platform.documents());
    var check = new CheckUpload(uploads, transcodes, storage, platform.clock());
    var cancel = new CancelUpload(uploads, transcodes, storage);
    var sweep = new SweepUploads(uploads, storage, check, cancel, platform.clock());
    return new Sessions(check, sweep, cancel);
  }
}
