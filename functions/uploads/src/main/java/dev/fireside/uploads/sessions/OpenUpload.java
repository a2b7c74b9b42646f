package dev.fireside.uploads.sessions;

import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.NewObject;
import dev.fireside.shared.ids.Uid;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadKind;
import dev.fireside.uploads.sessions.domain.UploadLimits;
import dev.fireside.uploads.sessions.domain.UploadState;
import dev.fireside.uploads.sessions.store.UploadStore;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Begins an upload: reserves its part of the day's quota and opens a session of Cloud Storage.
final class OpenUpload {
  private final UploadStore uploads;
  private final MediaStorage storage;
  private final UploadLimits limits;
  private final Clock clock;

  OpenUpload(UploadStore uploads, MediaStorage storage, UploadLimits limits, Clock clock) {
    this.uploads = uploads;
    this.storage = storage;
    this.limits = limits;
    this.clock = clock;
  }

  /// What is to be uploaded.
  ///
  /// @param sha256 of the bytes, in lower-case hexadecimal; null where it is not known beforehand
  record Wish(UploadKind kind, String contentType, long bytes, @Nullable String sha256) {}

  /// @param id of the new upload; the same on every attempt of one request
  /// @param origin of the page that will send the bytes; null where it is no page
  Upload open(Uid owner, String id, Wish wish, @Nullable String origin) {
    Instant now = clock.instant();
    Upload begun =
        uploads
            .begin(
                Upload.begun(
                    id,
                    owner,
                    wish.kind(),
                    wish.contentType(),
                    wish.bytes(),
                    wish.sha256(),
                    now,
                    now.plus(limits.life())))
            .orElseThrow(() -> Problems.quotaUsed(now));
    if (begun.session() != null || begun.state() != UploadState.WAITING) {
      return begun;
    }
    var object =
        new NewObject(
            begun.object(),
            begun.contentType(),
            "",
            Map.of("upload", begun.id(), "owner", begun.owner().value()));
    URI session = storage.sessions().open(object, begun.bytes(), origin);
    // Of two attempts at once the one that is written first counts; the other session stays unused.
    return uploads
        .change(id, upload -> upload.session() == null ? upload.openedAt(session) : upload)
        .orElseThrow(Problems::noSuchUpload);
  }
}
