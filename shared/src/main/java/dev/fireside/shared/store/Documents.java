package dev.fireside.shared.store;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.SetOptions;
import com.google.cloud.firestore.TransactionOptions;
import com.google.cloud.firestore.WriteBatch;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.load.Errand;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/// Firestore in plain words. Calls block; every document read, written or deleted is counted as it
/// is billed (meters `firestore.reads`, `firestore.writes`, `firestore.deletes`).
///
/// Every method throws [StoreException] when Firestore refuses, and [StoreUnavailableException]
/// when it does not answer.
public final class Documents {
  /// Writes of one atomic batch, at most.
  public static final int BATCH_MAX = 500;

  private static final String NOWHERE = "connections/none";
  private static final int TRANSACTION_ATTEMPTS = 12;

  /// Values that one query compares with, at most
  /// (<https://firebase.google.com/docs/firestore/query-data/queries#limits_on_or_queries>).
  private static final int VALUES_PER_QUERY = 30;

  private static final int OPTIMISTIC_ATTEMPTS = 30;
  private static final long CONFLICT_PAUSE_MILLIS = 10;
  private static final ExecutorService BODIES = Executors.newVirtualThreadPerTaskExecutor();
  private static final int COUNT_ENTRIES_PER_READ = 1_000;
  private static final Set<StatusCode.Code> CONFLICTS =
      Set.of(
          StatusCode.Code.FAILED_PRECONDITION, StatusCode.Code.NOT_FOUND, StatusCode.Code.ABORTED);

  private final Firestore firestore;
  private final Calls calls;
  private final Turns turns = new Turns(Calls.TRANSACTION_LIMIT);
  private final Counter reads;
  private final Counter writes;
  private final Counter deletes;

  /// @param atOnce calls under way at once for requests; events have half as many of their own
  public Documents(Firestore firestore, int atOnce, MeterRegistry meters) {
    this.firestore = firestore;
    this.calls = new Calls(atOnce, meters);
    this.reads = meters.counter("firestore.reads");
    this.writes = meters.counter("firestore.writes");
    this.deletes = meters.counter("firestore.deletes");
  }

  /// Values as queries take them: `whereIn` and `whereArrayContainsAny` compare with few at a time.
  public static <T> List<List<T>> perQuery(Collection<T> values) {
    return values.stream().gather(Gatherers.windowFixed(VALUES_PER_QUERY)).toList();
  }

  /// Opens the connection, by reading a document that there is not. One read.
  public void connect() {
    get(NOWHERE);
  }

  /// A collection, to build queries from.
  public CollectionReference collection(String path) {
    return firestore.collection(path);
  }

  /// All collections of this name, to build queries from.
  public Query collectionGroup(String name) {
    return firestore.collectionGroup(name);
  }

  /// One document. One read, also when it is missing.
  public Optional<Document> get(String path) {
    reads.increment();
    return Optional.ofNullable(document(calls.read(() -> firestore.document(path).get())));
  }

  /// Many documents in one call, by path, in the order asked for; missing ones are left out.
  public Map<String, Document> getAll(Collection<String> paths) {
    if (paths.isEmpty()) {
      return Map.of();
    }
    reads.increment(paths.size());
    return byPath(calls.read(() -> firestore.getAll(references(paths))));
  }

  /// Documents as they were at one moment.
  ///
  /// @param documents by path; missing ones are left out
  /// @param readTime when, by Firestore's own clock: later than every commit that was answered
  ///   before, by whichever server
  public record Snapshot(Map<String, Document> documents, Instant readTime) {}

  /// Many documents in one call, and when they were read: for [#writeIfUnchanged].
  public Snapshot read(Collection<String> paths) {
    reads.increment(paths.size());
    List<DocumentSnapshot> snapshots = calls.read(() -> firestore.getAll(references(paths)));
    Instant readTime =
        snapshots.stream()
            .map(DocumentSnapshot::getReadTime)
            .map(time -> time == null ? Instant.EPOCH : Values.toInstant(time))
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return new Snapshot(byPath(snapshots), readTime);
  }

  /// The documents of a query. One read each, at least one.
  public List<Document> list(Query query) {
    var snapshots = calls.read(query::get).getDocuments();
    reads.increment(Math.max(1, snapshots.size()));
    return snapshots.stream().map(Documents::existing).toList();
  }

  /// The documents of a query as they were at an instant of the past hour, by Firestore's own clock
  /// ([Counted#readTime] returns one). One read each, at least one.
  public List<Document> list(Query query, Instant at) {
    var options =
        TransactionOptions.createReadOnlyOptionsBuilder()
            .setReadTime(Values.toTimestamp(at).toProto())
            .setExecutor(BODIES)
            .build();
    var snapshots =
        calls
            .read(() ->
                firestore.runTransaction(raw -> calls.inTransaction(() -> raw.get(query)), options))
            .getDocuments();
    reads.increment(Math.max(1, snapshots.size()));
    return snapshots.stream().map(Documents::existing).toList();
  }

  /// How many documents a query has, counted by the server: one read per 1,000, at least one.
  public Counted count(Query query) {
    var answer = calls.read(() -> query.count().get());
    long count = answer.getCount();
    reads.increment((double) Math.max(1, Math.ceilDiv(count, COUNT_ENTRIES_PER_READ)));
    return new Counted(count, Values.toInstant(answer.getReadTime()));
  }

  /// Creates a document.
  ///
  /// @return when it was written; empty when it exists already, and then nothing is written
  @CanIgnoreReturnValue
  public Optional<Instant> create(String path, Map<String, ?> fields) {
    writes.increment();
    try {
      return Optional.of(
          Values.toInstant(
              calls
                  .write(() -> firestore.document(path).create(Values.toFirestore(fields)))
                  .getUpdateTime()));
    } catch (AlreadyExistsException e) {
      return Optional.empty();
    }
  }

  /// Writes a whole document, whatever was there.
  @CanIgnoreReturnValue
  public Instant set(String path, Map<String, ?> fields) {
    writes.increment();
    return Values.toInstant(
        calls
            .write(() -> firestore.document(path).set(Values.toFirestore(fields)))
            .getUpdateTime());
  }

  /// Writes the given fields (maps are merged), creating the document where it is missing.
  @CanIgnoreReturnValue
  public Instant merge(String path, Map<String, ?> fields) {
    writes.increment();
    return Values.toInstant(
        calls
            .write(
                () -> firestore.document(path).set(Values.toFirestore(fields), SetOptions.merge()))
            .getUpdateTime());
  }

  /// Changes fields (dotted names reach into maps) of a document that must be there.
  ///
  /// @return when it was written; empty when there is no such document
  @CanIgnoreReturnValue
  public Optional<Instant> update(String path, Map<String, ?> fields) {
    writes.increment();
    try {
      return Optional.of(
          Values.toInstant(
              calls
                  .write(() -> firestore.document(path).update(Values.toFirestore(fields)))
                  .getUpdateTime()));
    } catch (StoreException e) {
      if (Answers.codeOf(e) == StatusCode.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Deletes a document; deleting what is not there is no error.
  public void delete(String path) {
    deletes.increment();
    calls.write(() -> firestore.document(path).delete());
  }

  /// Deletes many documents, in atomic batches of [#BATCH_MAX].
  public void deleteAll(Collection<String> paths) {
    var rest = List.copyOf(paths);
    for (int from = 0; from < rest.size(); from += BATCH_MAX) {
      List<String> part = rest.subList(from, Math.min(rest.size(), from + BATCH_MAX));
      batch(batch -> part.forEach(batch::delete));
    }
  }

  /// Writes that become visible together, without reading. At most [#BATCH_MAX].
  ///
  /// Throws [AlreadyExistsException] when it creates what exists.
  ///
  /// @return when it was committed; the epoch when `body` wrote nothing
  @CanIgnoreReturnValue
  public Instant batch(Consumer<Writes> body) {
    WriteBatch batch = firestore.batch();
    var batchWrites = new Writes(firestore, batch);
    body.accept(batchWrites);
    if (batch.getMutationsSize() == 0) {
      return Instant.EPOCH;
    }
    writes.increment(batchWrites.written());
    deletes.increment(batchWrites.deleted());
    // A write that changes nothing keeps its document's old time.
    return calls.write(batch::commit).stream()
        .map(result -> Values.toInstant(result.getUpdateTime()))
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  /// As [#batch], where one of the documents that it updates may be missing.
  ///
  /// @return when it was committed; empty when one is missing, and then nothing is written
  public Optional<Instant> batchIfThere(Consumer<Writes> body) {
    try {
      return Optional.of(batch(body));
    } catch (StoreException e) {
      if (Answers.codeOf(e) == StatusCode.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Runs `body`, which reads what it likes and adds writes, and commits these together; runs it
  /// again when one of the documents that it updates or deletes as read has changed meanwhile, or
  /// one that it creates exists: it must have no effect but through its argument.
  ///
  /// Holds no locks, so that many who change one document do not wait for each other's; but what is
  /// only read may change before the commit. Where that matters, [#transact].
  @CanIgnoreReturnValue
  public <T extends @Nullable Object> T writeIfUnchanged(Function<Writes, T> body) {
    for (int attempt = 1; ; attempt++) {
      WriteBatch batch = firestore.batch();
      var batchWrites = new Writes(firestore, batch);
      T result = body.apply(batchWrites);
      if (batch.getMutationsSize() == 0) {
        return result;
      }
      try {
        calls.write(batch::commit);
        writes.increment(batchWrites.written());
        deletes.increment(batchWrites.deleted());
        return result;
      } catch (AlreadyExistsException e) {
        if (attempt == OPTIMISTIC_ATTEMPTS) {
          throw new StoreUnavailableException("Others were always faster", e);
        }
      } catch (StoreException | StoreUnavailableException e) {
        StatusCode.Code code = Answers.codeOf(e);
        if (code == null || !CONFLICTS.contains(code)) {
          throw e;
        }
        if (attempt == OPTIMISTIC_ATTEMPTS) {
          throw new StoreUnavailableException("Others were always faster", e);
        }
      }
      pause(attempt);
    }
  }

  /// Lets others finish, at random and longer each time.
  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(CONFLICT_PAUSE_MILLIS * attempt + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while others wrote", e);
    }
  }

  /// Runs `body` in a transaction, again when a document it read has changed meanwhile: it must
  /// have no effect but through its argument.
  ///
  /// Throws [AlreadyExistsException] when it creates what exists, and what `body` throws.
  @CanIgnoreReturnValue
  public <T extends @Nullable Object> T transact(Function<Transaction, T> body) {
    var options =
        TransactionOptions.createReadWriteOptionsBuilder()
            .setNumberOfAttempts(TRANSACTION_ATTEMPTS)
            // The body blocks: on the client's own few threads it would wait for answers that these
            // threads have to bring.
            .setExecutor(BODIES)
            .build();
    var last = new AtomicReference<@Nullable Transaction>();
    Errand errand = Errand.current().within(Calls.TRANSACTION_LIMIT);
    ScopedValue.Carrier handedOn = errand.get(Errand::handingOn);
    T result;
    try (var _ = calls.transaction();
        var turn = turns.turn()) {
      result =
          Answers.await(
              firestore.runTransaction(
                  raw -> {
                    var transaction = new Transaction(firestore, raw, calls, reads);
                    Transaction failed = last.getAndSet(transaction);
                    if (failed != null) {
                      turn.await(failed.firstRead());
                    }
                    return handedOn.call(() -> attempt(body, transaction));
                  },
                  options),
              errand.remaining(Calls.TRANSACTION_LIMIT));
    }
    Transaction committed = last.get();
    if (committed != null) {
      writes.increment(committed.written());
      deletes.increment(committed.deleted());
    }
    return result;
  }

  private static <T extends @Nullable Object> T attempt(
      Function<Transaction, T> body, Transaction transaction) {
    try {
      T result = body.apply(transaction);
      // What nobody waits for is not written either: whoever has given up may do it again.
      Errand.current().check();
      return result;
    } catch (StoreException | StoreUnavailableException e) {
      // Only for its own exceptions the client starts the transaction anew.
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof ApiException api) {
          throw api;
        }
      }
      throw e;
    }
  }

  private DocumentReference[] references(Collection<String> paths) {
    return paths.stream().map(firestore::document).toArray(DocumentReference[]::new);
  }

  static Map<String, Document> byPath(List<DocumentSnapshot> snapshots) {
    var documents = new LinkedHashMap<String, Document>();
    for (DocumentSnapshot snapshot : snapshots) {
      Document document = document(snapshot);
      if (document != null) {
        documents.put(document.path(), document);
      }
    }
    return documents;
  }

  static @Nullable Document document(DocumentSnapshot snapshot) {
    return snapshot.exists() ? existing(snapshot) : null;
  }

  private static Document existing(DocumentSnapshot snapshot) {
    Map<String, Object> data = snapshot.getData();
    var updated = snapshot.getUpdateTime();
    if (data == null || updated == null) {
      throw new IllegalStateException("A snapshot without data");
    }
    return Document.of(
        snapshot.getReference().getPath(), Values.toJava(data), Values.toInstant(updated));
  }
}
