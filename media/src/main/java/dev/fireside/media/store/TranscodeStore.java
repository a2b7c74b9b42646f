package dev.fireside.media.store;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.Transcode;
import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Times;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The orders for the transcoder, and who works on them.
///
/// uploads places orders and asks for jobs; a job holds the lease of its order, and only its holder
/// changes what has been made.
public final class TranscodeStore {
  private final Documents documents;

  public TranscodeStore(Documents documents) {
    this.documents = documents;
  }

  /// Places an order unless there is one of this id. One write.
  ///
  /// @return whether there was none
  public boolean create(String id, TranscodeOrder order, Instant now) {
    return documents
        .create(TranscodeDocument.path(id), TranscodeDocument.fields(id, order, now))
        .isPresent();
  }

  /// An order. One read.
  public Optional<Transcode> find(String id) {
    return documents.get(TranscodeDocument.path(id)).map(TranscodeDocument::parse);
  }

  /// Forgets an order; whoever works on it loses the lease.
  public void delete(String id) {
    documents.delete(TranscodeDocument.path(id));
  }

  /// Orders for which a job is to be asked for, the longest due first.
  public List<Transcode> due(Instant now, int limit) {
    return documents
        .list(
            documents
                .collection(TranscodeDocument.COLLECTION)
                .whereLessThanOrEqualTo("dueAt", Times.timestamp(now))
                .orderBy("dueAt")
                .limit(limit))
        .stream()
        .map(TranscodeDocument::parse)
        .toList();
  }

  /// Marks a due order as one for which a job is asked for now; gives it up after
  /// [Transcode#ATTEMPTS_MAX] attempts or [Transcode#STARTS_MAX] starts. Of several at once one
  /// does it.
  ///
  /// @return whether the caller is to ask for a job
  public boolean claimStart(String id, Instant now) {
    return change(
            id,
            transcode -> {
              Instant dueAt = transcode.dueAt();
              if (transcode.hasEnded() || dueAt == null || dueAt.isAfter(now)) {
                return null;
              }
              if (transcode.attempts() >= Transcode.ATTEMPTS_MAX
                  || transcode.starts() >= Transcode.STARTS_MAX) {
                return ended(
                    transcode,
                    new TranscodeState.Failed(
                        TranscodeFailure.GAVE_UP, null, transcode.state().made()));
              }
              return new Transcode(
                  id,
                  transcode.order(),
                  new TranscodeState.Queued(transcode.state().made()),
                  transcode.attempts(),
                  transcode.starts() + 1,
                  now.plus(Transcode.pause(transcode.attempts() + transcode.starts() + 1)),
                  transcode.version());
            })
        .filter(transcode -> !transcode.hasEnded())
        .isPresent();
  }

  /// Takes the lease of an order that nobody works on.
  ///
  /// @param holder a name that no other execution has
  /// @return the order as it is now; empty where it has ended, is not there, or is somebody else's
  public Optional<Transcode> begin(String id, String holder, Instant now) {
    return change(
        id,
        transcode ->
            transcode.hasEnded() || isHeld(transcode, now)
                ? null
                : running(
                    new Transcode(
                        id,
                        transcode.order(),
                        transcode.state(),
                        transcode.attempts() + 1,
                        0,
                        null,
                        transcode.version()),
                    holder,
                    now,
                    0,
                    transcode.state().made()));
  }

  /// Renews the lease and states what has been made.
  ///
  /// @return whether the holder still has it
  public boolean renew(String id, String holder, Instant now, double progress, Made made) {
    return changeHeld(id, holder, transcode -> running(transcode, holder, now, progress, made));
  }

  /// Ends an order: it is done, or it failed for good.
  ///
  /// @return whether the holder still had the lease
  public boolean end(String id, String holder, TranscodeState state) {
    return changeHeld(id, holder, transcode -> ended(transcode, state));
  }

  /// Gives the lease back after an attempt that failed for a reason that may pass: a job is asked
  /// for again after a pause that grows with the attempts.
  ///
  /// @return whether the holder still had it
  public boolean giveBack(String id, String holder, Instant now) {
    return changeHeld(
        id,
        holder,
        transcode ->
            new Transcode(
                id,
                transcode.order(),
                new TranscodeState.Queued(transcode.state().made()),
                transcode.attempts(),
                transcode.starts(),
                now.plus(Transcode.pause(transcode.attempts())),
                transcode.version()));
  }

  private static boolean isHeld(Transcode transcode, Instant now) {
    return transcode.state() instanceof TranscodeState.Running running
        && running.until().isAfter(now);
  }

  private static Transcode running(
      Transcode transcode, String holder, Instant now, double progress, Made made) {
    Instant until = now.plus(Transcode.LEASE);
    return new Transcode(
        transcode.id(),
        transcode.order(),
        new TranscodeState.Running(holder, until, progress, made),
        transcode.attempts(),
        transcode.starts(),
        until,
        transcode.version());
  }

  private static Transcode ended(Transcode transcode, TranscodeState state) {
    return new Transcode(
        transcode.id(),
        transcode.order(),
        state,
        transcode.attempts(),
        transcode.starts(),
        null,
        transcode.version());
  }

  private boolean changeHeld(String id, String holder, UnaryOperator<Transcode> change) {
    return change(
            id,
            transcode ->
                transcode.state() instanceof TranscodeState.Running running
                        && running.holder().equals(holder)
                    ? change.apply(transcode)
                    : null)
        .isPresent();
  }

  /// Changes an order by what it is; null changes nothing.
  private Optional<Transcode> change(String id, Change change) {
    String path = TranscodeDocument.path(id);
    return documents.writeIfUnchanged(writes -> {
      Optional<Document> read = documents.get(path);
      Transcode changed = read.map(TranscodeDocument::parse).map(change::apply).orElse(null);
      if (changed == null) {
        return Optional.empty();
      }
      Map<String, @Nullable Object> fields =
          new HashMap<>(TranscodeDocument.fields(changed.state(), changed.dueAt()));
      fields.put("attempts", changed.attempts());
      fields.put("starts", changed.starts());
      writes.update(read.orElseThrow(), fields);
      return Optional.of(changed);
    });
  }

  @FunctionalInterface
  private interface Change {
    @Nullable Transcode apply(Transcode transcode);
  }
}
