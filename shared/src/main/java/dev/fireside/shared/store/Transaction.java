package dev.fireside.shared.store;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A transaction: all reads first, then the writes.
public final class Transaction extends Writes {
  private final com.google.cloud.firestore.Transaction transaction;
  private final Calls calls;
  private final Counter reads;
  private String firstRead = "";
  private Instant readTime = Instant.EPOCH;

  Transaction(
      Firestore firestore,
      com.google.cloud.firestore.Transaction transaction,
      Calls calls,
      Counter reads) {
    super(firestore, transaction);
    this.calls = calls;
    this.transaction = transaction;
    this.reads = reads;
  }

  /// The path of the first document that was read; empty before.
  String firstRead() {
    return firstRead;
  }

  /// When the latest of the documents or queries so far was read, by Firestore's own clock: later
  /// than every commit that was answered before, by whichever server. The epoch before the first
  /// read.
  public Instant readTime() {
    return readTime;
  }

  private DocumentSnapshot seen(DocumentSnapshot snapshot) {
    seen(snapshot.getReadTime());
    return snapshot;
  }

  private void seen(@Nullable Timestamp time) {
    if (time != null && Values.toInstant(time).isAfter(readTime)) {
      readTime = Values.toInstant(time);
    }
  }

  private void note(String path) {
    if (firstRead.isEmpty()) {
      firstRead = path;
    }
  }

  /// What was read is held: it changes only here.
  @Override
  public void update(Document asRead, Map<String, ?> fields) {
    update(asRead.path(), fields);
  }

  /// What was read is held, also that there was none.
  @Override
  public void write(String path, @Nullable Document asRead, Map<String, ?> fields) {
    if (asRead == null) {
      set(path, fields);
    } else {
      update(path, fields);
    }
  }

  /// One document, held until the transaction ends.
  public Optional<Document> get(String path) {
    note(path);
    reads.increment();
    return Optional.ofNullable(
        Documents.document(
            seen(calls.inTransaction(() -> transaction.get(firestore.document(path))))));
  }

  /// Many documents, by path; missing ones are left out.
  public Map<String, Document> getAll(Collection<String> paths) {
    paths.stream().findFirst().ifPresent(this::note);
    reads.increment(paths.size());
    var references = paths.stream().map(firestore::document).toArray(DocumentReference[]::new);
    List<DocumentSnapshot> snapshots = calls.inTransaction(() -> transaction.getAll(references));
    snapshots.forEach(this::seen);
    return Documents.byPath(snapshots);
  }

  /// The documents of a query.
  public List<Document> list(Query query) {
    var answer = calls.inTransaction(() -> transaction.get(query));
    var snapshots = answer.getDocuments();
    reads.increment(Math.max(1, snapshots.size()));
    seen(answer.getReadTime());
    snapshots.forEach(this::seen);
    return List.copyOf(Documents.byPath(List.copyOf(snapshots)).values());
  }
}
