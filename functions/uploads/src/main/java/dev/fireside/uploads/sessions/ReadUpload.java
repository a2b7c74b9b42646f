package dev.fireside.uploads.sessions;

import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.ResumableSessions.Progress;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadState;
import dev.fireside.uploads.sessions.store.UploadStore;
import java.net.URI;

/// Shows a person one of their uploads.
final class ReadUpload {
  /// Bytes have come, and some are missing: what is not kept, but asked of the session.
  private static final String RECEIVING = "receiving";

  private final UploadStore uploads;
  private final MediaStorage storage;

  ReadUpload(UploadStore uploads, MediaStorage storage) {
    this.uploads = uploads;
    this.storage = storage;
  }

  UploadView read(Uid owner, String id) {
    Upload upload = owned(uploads, owner, id);
    URI session = upload.session();
    return upload.state() == UploadState.WAITING && session != null
        ? underWay(upload, session)
        : UploadView.of(upload, WireNames.of(upload.state()), received(upload));
  }

  /// The upload of this owner. Throws a 404 problem for another's, and for one that was given up.
  static Upload owned(UploadStore uploads, Uid owner, String id) {
    return uploads
        .find(id)
        .filter(upload -> upload.owner().equals(owner))
        .filter(upload -> upload.state() != UploadState.CANCELLED)
        .orElseThrow(Problems::noSuchUpload);
  }

  private static long received(Upload upload) {
    return switch (upload.state()) {
      case CHECKING, ACCEPTED -> upload.bytes();
      case WAITING, REFUSED, CANCELLED -> 0;
    };
  }

  private UploadView underWay(Upload upload, URI session) {
    return switch (storage.sessions().progress(session)) {
      case Progress.Open(long received) ->
          UploadView.of(
              upload, received == 0 ? WireNames.of(UploadState.WAITING) : RECEIVING, received);
      // All bytes are there; the event that says so is on its way.
      case Progress.Done _ ->
          UploadView.of(upload, WireNames.of(UploadState.CHECKING), upload.bytes());
      // What is refused for good is said by the sweep, which knows whether the object is there.
      case Progress.Over _ -> UploadView.of(upload, WireNames.of(UploadState.WAITING), 0);
    };
  }
}
