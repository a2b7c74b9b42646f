package dev.fireside.uploads.sessions;

import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.store.BucketStore;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.ObjectGoneException;
import dev.fireside.media.store.StoredObject;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.ids.Digest;
import dev.fireside.uploads.sessions.content.Bytes;
import dev.fireside.uploads.sessions.content.Inspector;
import dev.fireside.uploads.sessions.content.Verdict;
import dev.fireside.uploads.sessions.domain.Checked;
import dev.fireside.uploads.sessions.domain.Refusal;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadKind;
import dev.fireside.uploads.sessions.domain.UploadState;
import dev.fireside.uploads.sessions.store.UploadStore;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sure of an upload whose bytes are all there: it is accepted or refused, once, however
/// often this is called, and what nobody can use is deleted.
public final class CheckUpload {
  private static final Logger log = LoggerFactory.getLogger(CheckUpload.class);

  private final UploadStore uploads;
  private final TranscodeStore transcodes;
  private final BucketStore objects;
  private final Clock clock;

  CheckUpload(UploadStore uploads, TranscodeStore transcodes, MediaStorage storage, Clock clock) {
    this.uploads = uploads;
    this.transcodes = transcodes;
    this.objects = storage.uploads();
    this.clock = clock;
  }

  /// Checks the object of this name as it is now.
  public void check(String name) {
    Optional<StoredObject> found = objects.find(name);
    if (found.isPresent()) {
      check(found.get());
    }
  }

  private void check(StoredObject object) {
    String id = Upload.idOf(object.name());
    Upload upload = id == null ? null : uploads.change(id, CheckUpload::checking).orElse(null);
    if (upload == null) {
      log.warn("An object that belongs to no upload is deleted: {}", object.name());
      objects.delete(object);
      return;
    }
    switch (upload.state()) {
      case WAITING, CHECKING -> decide(upload, object);
      case ACCEPTED -> order(upload);
      case REFUSED, CANCELLED -> objects.delete(object);
    }
  }

  private static Upload checking(Upload upload) {
    return upload.state() == UploadState.WAITING ? upload.in(UploadState.CHECKING) : upload;
  }

  private void decide(Upload upload, StoredObject object) {
    Refusal refusal = refusal(upload, object);
    Verdict verdict =
        refusal == null ? verdict(upload.kind(), object) : new Verdict.Refused(refusal);
    uploads
        .change(
            upload.id(),
            now -> now.state() == UploadState.CHECKING ? decided(now, object, verdict) : now)
        .ifPresent(this::finish);
  }

  private static Upload decided(Upload upload, StoredObject object, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Refused(Refusal why) -> upload.refused(why);
      case Verdict.Fine(String type, int width, int height) ->
          upload.accepted(new Checked(object.generation(), type, width, height));
    };
  }

  private void finish(Upload upload) {
    switch (upload.state()) {
      case ACCEPTED -> order(upload);
      case REFUSED -> remove(upload);
      case WAITING, CHECKING, CANCELLED -> {}
    }
  }

  /// Deletes the bytes of what was refused, and what is left of its session.
  void remove(Upload upload) {
    objects.delete(upload.object());
    uploads.settled(upload.id());
  }

  /// Pictures and sounds are made ready at once; of a video somebody first says what it shall be.
  private void order(Upload upload) {
    switch (upload.kind()) {
      case IMAGE, AVATAR ->
          transcodes.create(
              upload.id(), new TranscodeOrder.Image(upload.object()), clock.instant());
      case AUDIO ->
          transcodes.create(
              upload.id(), new TranscodeOrder.Audio(upload.object()), clock.instant());
      case VIDEO -> {}
    }
  }

  /// What can be said without looking at what the bytes mean.
  private @Nullable Refusal refusal(Upload upload, StoredObject object) {
    if (object.bytes() == 0) {
      return Refusal.EMPTY;
    }
    if (object.bytes() != upload.bytes()) {
      return Refusal.WRONG_SIZE;
    }
    String sha256 = upload.sha256();
    return sha256 == null || sha256.equals(sha256(object)) ? null : Refusal.WRONG_CHECKSUM;
  }

  private String sha256(StoredObject object) {
    MessageDigest digest = Digest.begin();
    objects.copyTo(object, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  private Verdict verdict(UploadKind kind, StoredObject object) {
    try {
      return Inspector.inspect(kind, new Stored(object));
    } catch (ObjectGoneException e) {
      // Given up meanwhile, and then this verdict counts for nothing; or nobody can use it.
      return new Verdict.Refused(Refusal.BROKEN);
    }
  }

  private final class Stored implements Bytes {
    private final StoredObject object;

    Stored(StoredObject object) {
      this.object = object;
    }

    @Override
    public long size() {
      return object.bytes();
    }

    @Override
    public byte[] read(long from, int length) {
      return objects.read(object, from, length);
    }
  }
}
