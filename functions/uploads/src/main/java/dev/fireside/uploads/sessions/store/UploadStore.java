package dev.fireside.uploads.sessions.store;

import com.google.cloud.firestore.Query;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import dev.fireside.uploads.sessions.domain.DayUse;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadLimits;
import dev.fireside.uploads.sessions.domain.UploadState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Uploads in Firestore: `uploads/{name}`, and `uploadDays/{uid:day}`, which holds what a person
/// has begun in a day. Both change in one transaction, so that the count is exact whatever happens.
public final class UploadStore {
  /// How long those that came to nothing are still shown.
  private static final Duration KEPT = Duration.ofDays(7);

  /// When a sweep looks at an upload whose bytes are being removed or checked by somebody else.
  private static final Duration SOON = Duration.ofMinutes(15);

  private final Documents documents;
  private final Clock clock;
  private final UploadLimits limits;

  public UploadStore(Platform platform, UploadLimits limits) {
    this.documents = platform.documents();
    this.clock = platform.clock();
    this.limits = limits;
  }

  private static String path(String id) {
    return "uploads/" + Ids.documentName(id);
  }

  private static String dayPath(Upload upload) {
    return "uploadDays/" + upload.owner() + ":" + upload.day();
  }

  /// Begins an upload, unless an earlier attempt of the same request did.
  ///
  /// @return the upload as it is now; empty when it is more than its owner may upload in a day
  public Optional<Upload> begin(Upload upload) {
    return documents.transact(transaction -> {
      Optional<Document> earlier = transaction.get(path(upload.id()));
      DayUse use = use(transaction, upload).plus(upload);
      if (earlier.isPresent()) {
        return earlier.map(UploadDocument::parse);
      }
      if (!use.fits(limits)) {
        return Optional.empty();
      }
      write(transaction, upload);
      count(transaction, upload, use);
      return Optional.of(upload);
    });
  }

  private static DayUse use(Transaction transaction, Upload upload) {
    return transaction
        .get(dayPath(upload))
        .map(day -> new DayUse(day.fields().number("uploads"), day.fields().number("bytes")))
        .orElse(DayUse.NONE);
  }

  private void count(Transaction transaction, Upload upload, DayUse use) {
    transaction.set(
        dayPath(upload),
        Map.of(
            "uploads", use.uploads(),
            "bytes", use.bytes(),
            "deleteAt", clock.instant().plus(KEPT.multipliedBy(2))));
  }

  private void write(Transaction transaction, Upload upload) {
    transaction.set(
        path(upload.id()), UploadDocument.fields(upload, dueAt(upload), deleteAt(upload)));
  }

  private @Nullable Instant dueAt(Upload upload) {
    Instant soon = clock.instant().plus(SOON);
    return switch (upload.state()) {
      // Whoever opened it has crashed where it has no session by then.
      case WAITING -> upload.session() == null ? soon : upload.expiresAt();
      case CHECKING, REFUSED, CANCELLED -> soon;
      case ACCEPTED -> upload.isToBeUsed() ? clock.instant().plus(limits.unusedFor()) : null;
    };
  }

  private @Nullable Instant deleteAt(Upload upload) {
    return upload.state() == UploadState.REFUSED ? clock.instant().plus(KEPT) : null;
  }

  /// An upload.
  public Optional<Upload> find(String id) {
    return documents.get(path(id)).map(UploadDocument::parse);
  }

  /// An upload, held until the transaction ends.
  public Optional<Upload> find(Transaction transaction, String id) {
    return transaction.get(path(id)).map(UploadDocument::parse);
  }

  /// Says what was made of an upload that was read in this transaction.
  public void use(Transaction transaction, Upload upload, String what) {
    write(transaction, upload.usedBy(what));
  }

  /// Changes an upload; what it reserved of the day's quota is given back where it counts no more.
  ///
  /// @param change the upload as it is to be; the same one to leave it. May throw to refuse, and
  ///   may be asked more than once
  /// @return the upload as it is now; empty when there is none
  public Optional<Upload> change(String id, UnaryOperator<Upload> change) {
    return documents.transact(transaction -> {
      Optional<Upload> found = transaction.get(path(id)).map(UploadDocument::parse);
      if (found.isEmpty()) {
        return found;
      }
      Upload before = found.get();
      Upload after = change.apply(before);
      if (after.equals(before)) {
        return found;
      }
      if (before.state().isReserved() && !after.state().counts()) {
        count(transaction, before, use(transaction, before).minus(before));
      }
      write(transaction, after);
      return Optional.of(after);
    });
  }

  /// Forgets an upload, whose object is gone.
  public void forget(String id) {
    documents.delete(path(id));
  }

  /// Says that nothing is left to be done for an upload.
  public void settled(String id) {
    documents.update(path(id), Map.of("dueAt", FieldChange.clear()));
  }

  /// Some of a person's uploads.
  public List<Upload> ofOwner(Uid owner, int limit) {
    Query query = documents.collection("uploads").whereEqualTo("owner", owner.value()).limit(limit);
    return documents.list(query).stream().map(UploadDocument::parse).toList();
  }

  /// Uploads that a sweep has to look at, those that wait longest first.
  public List<Upload> due(Instant now, int limit) {
    Query query =
        documents
            .collection("uploads")
            .whereLessThanOrEqualTo("dueAt", Times.timestamp(now))
            .orderBy("dueAt")
            .limit(limit);
    return documents.list(query).stream().map(UploadDocument::parse).toList();
  }
}
