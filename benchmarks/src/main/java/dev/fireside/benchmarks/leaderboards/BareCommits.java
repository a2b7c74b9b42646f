package dev.fireside.benchmarks.leaderboards;

import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import dev.fireside.benchmarks.load.Latencies;
import dev.fireside.benchmarks.load.Measurement;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.store.PlayerStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/// Commits of one document each to the Firestore emulator of a server, and nothing else: what a
/// write of a score could reach there at most. Nobody is called when these documents change.
final class BareCommits implements AutoCloseable {
  private static final String COLLECTION = "bare-commits";

  private final Firestore firestore;
  private final Rows rows;
  private final int players;
  private final int connections;

  /// @param emulator `host:port`
  /// @param project whose documents they are
  BareCommits(String emulator, String project, Options options) {
    this.firestore =
        FirestoreOptions.newBuilder()
            .setProjectId(project)
            .setEmulatorHost(emulator)
            .build()
            .getService();
    this.rows = new Rows(new BoardId(options.board()), options.rows(), options.scores());
    this.players = options.players();
    this.connections = options.connections();
  }

  /// Writes what random players have, from so many threads, each when its last commit is answered.
  Measurement run(Duration duration) {
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    var total = Measurement.none();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var workers = new ArrayList<Future<Measurement>>();
      for (int i = 0; i < connections; i++) {
        workers.add(executor.submit(() -> worker(end)));
      }
      for (Future<Measurement> worker : workers) {
        total = total.plus(worker.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Commits failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Commits were interrupted", e);
    }
    return new Measurement(
        total.latencies(), total.errors(), total.bytes(), (System.nanoTime() - start) / 1e9);
  }

  private Measurement worker(long end) throws InterruptedException {
    CollectionReference documents = firestore.collection(COLLECTION);
    var latencies = new Latencies();
    long errors = 0;
    while (System.nanoTime() < end) {
      int index = ThreadLocalRandom.current().nextInt(players);
      var fields = rows.players(index, index + 1).map(PlayerStore::fields).toList().getFirst();
      fields.put("revision", System.nanoTime());
      long start = System.nanoTime();
      try {
        var _ = documents.document(Rows.uid(index)).set(fields).get();
        latencies.add(System.nanoTime() - start);
      } catch (ExecutionException e) {
        errors++;
      }
    }
    return new Measurement(latencies, errors, 0, 0);
  }

  @Override
  public void close() {
    try {
      firestore.close();
    } catch (Exception e) {
      throw new IllegalStateException("The client of Firestore could not be closed", e);
    }
  }

  /// What the table calls it.
  static String label() {
    return "commits";
  }

  /// The only thing that it does.
  static List<Operation> operations() {
    return List.of(Operation.WRITE);
  }
}
