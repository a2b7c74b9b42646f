package dev.fireside.uploads.sessions;

import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadState;
import dev.fireside.uploads.sessions.store.UploadStore;
import java.util.List;

/// Gives up an upload: first it is said, then the bytes are removed, then it is forgotten. Where
/// this ends half-way the sweep goes on.
public final class CancelUpload {
  private static final int PAGE = 100;

  private final UploadStore uploads;
  private final TranscodeStore transcodes;
  private final MediaStorage storage;

  CancelUpload(UploadStore uploads, TranscodeStore transcodes, MediaStorage storage) {
    this.uploads = uploads;
    this.transcodes = transcodes;
    this.storage = storage;
  }

  /// Throws a 404 problem for what is not this owner's, and a 409 one for what is used.
  void cancel(Uid owner, String id) {
    ReadUpload.owned(uploads, owner, id);
    uploads.change(id, CancelUpload::cancelled).ifPresent(this::remove);
  }

  private static Upload cancelled(Upload upload) {
    if (upload.usedBy() != null) {
      throw ProblemException.conflict(
          Reason.UPLOAD_USED, "Something was made of this upload: delete that");
    }
    return upload.in(UploadState.CANCELLED);
  }

  /// Gives up all uploads of a person who is gone.
  public void cancelAllOf(Uid owner) {
    while (true) {
      List<Upload> some = uploads.ofOwner(owner, PAGE);
      for (Upload upload : some) {
        uploads.change(upload.id(), now -> now.in(UploadState.CANCELLED)).ifPresent(this::remove);
      }
      if (some.size() < PAGE) {
        return;
      }
    }
  }

  /// Removes what is left of an upload that was given up.
  void remove(Upload upload) {
    if (upload.session() != null) {
      storage.sessions().cancel(upload.session());
    }
    storage.uploads().delete(upload.object());
    transcodes.delete(upload.id());
    storage.served().deleteAll(MediaFiles.folder(upload.id()));
    uploads.forget(upload.id());
  }
}
