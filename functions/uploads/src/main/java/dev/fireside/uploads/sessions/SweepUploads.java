package dev.fireside.uploads.sessions;

import dev.fireside.media.store.MediaStorage;
import dev.fireside.shared.load.Together;
import dev.fireside.uploads.sessions.domain.Refusal;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadState;
import dev.fireside.uploads.sessions.store.UploadStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes on with uploads that nobody else goes on with: sessions that have expired, checks and
/// removals that ended half-way, and what was accepted and never used.
public final class SweepUploads {
  private static final Logger log = LoggerFactory.getLogger(SweepUploads.class);
  private static final int PAGE = 100;
  private static final int PAGES_MAX = 50;
  private static final int AT_ONCE = 8;

  private final UploadStore uploads;
  private final MediaStorage storage;
  private final CheckUpload checkUpload;
  private final CancelUpload cancelUpload;
  private final Clock clock;

  SweepUploads(
      UploadStore uploads,
      MediaStorage storage,
      CheckUpload checkUpload,
      CancelUpload cancelUpload,
      Clock clock) {
    this.uploads = uploads;
    this.storage = storage;
    this.checkUpload = checkUpload;
    this.cancelUpload = cancelUpload;
    this.clock = clock;
  }

  /// Sweeps all that is due. Throws the last failure once all others are done.
  public void sweep() {
    Instant now = clock.instant();
    for (int page = 0; page < PAGES_MAX; page++) {
      List<Upload> due = uploads.due(now, PAGE);
      List<Boolean> done = Together.each(due, AT_ONCE, this::swept);
      // What failed is still due: the next page would be the same.
      if (due.size() < PAGE || done.contains(false)) {
        return;
      }
    }
  }

  private boolean swept(Upload upload) {
    try {
      sweep(upload);
      return true;
    } catch (RuntimeException e) {
      log.warn("An upload could not be swept: {}", upload.id(), e);
      return false;
    }
  }

  private void sweep(Upload upload) {
    switch (upload.state()) {
      case WAITING -> expire(upload);
      case CHECKING -> recheck(upload);
      case ACCEPTED -> refuse(upload, now -> now.isToBeUsed() ? now.refused(Refusal.UNUSED) : now);
      case REFUSED -> checkUpload.remove(upload);
      case CANCELLED -> cancelUpload.remove(upload);
    }
  }

  /// The bytes may all have come, and the event that says so is lost or late.
  private void expire(Upload upload) {
    if (storage.uploads().find(upload.object()).isPresent()) {
      checkUpload.check(upload.object());
      return;
    }
    if (upload.session() != null) {
      storage.sessions().cancel(upload.session());
    }
    refuse(upload, now -> now.state() == UploadState.WAITING ? now.refused(Refusal.EXPIRED) : now);
  }

  private void recheck(Upload upload) {
    if (storage.uploads().find(upload.object()).isPresent()) {
      checkUpload.check(upload.object());
    } else {
      refuse(
          upload, now -> now.state() == UploadState.CHECKING ? now.refused(Refusal.EXPIRED) : now);
    }
  }

  private void refuse(Upload upload, UnaryOperator<Upload> change) {
    uploads
        .change(upload.id(), change)
        .filter(now -> now.state() == UploadState.REFUSED)
        .ifPresent(checkUpload::remove);
  }
}
