package dev.fireside.benchmarks.leaderboards;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Calls a server from a number of connections, each as fast as it answers.
final class Load {
  private final Target target;
  private final List<Player> players;
  private final int connections;

  Load(Target target, List<Player> players, int connections) {
    this.target = target;
    this.players = List.copyOf(players);
    this.connections = connections;
  }

  /// Has every player ask for the own rank once, so that the server knows them all.
  Measurement meetEverybody() {
    var next = new AtomicInteger();
    return onAllConnections(
        Operation.RANK,
        _ -> {
          int index = next.getAndIncrement();
          return index < players.size() ? players.get(index) : null;
        });
  }

  /// Has random players call for a while. Each connection has players of its own, where there are
  /// enough: nobody plays two games at once.
  Measurement run(Operation operation, Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    int step = players.size() < connections ? 1 : connections;
    return onAllConnections(
        operation,
        connection -> {
          if (System.nanoTime() >= end) {
            return null;
          }
          int own = players.size() / step;
          int index = ThreadLocalRandom.current().nextInt(own) * step + connection % step;
          return players.get(index);
        });
  }

  /// Who calls next; null for nobody any more.
  private interface Callers {
    @Nullable Player next(int connection);
  }

  private Measurement onAllConnections(Operation operation, Callers callers) {
    long start = System.nanoTime();
    var total = Measurement.none();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var workers = new ArrayList<Future<Measurement>>();
      for (int i = 0; i < connections; i++) {
        int number = i;
        workers.add(executor.submit(() -> worker(operation, callers, number)));
      }
      for (Future<Measurement> worker : workers) {
        total = total.plus(worker.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("The load failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The load was interrupted", e);
    }
    return new Measurement(
        total.latencies(), total.errors(), total.bytes(), (System.nanoTime() - start) / 1e9);
  }

  private Measurement worker(Operation operation, Callers callers, int number) {
    var random = ThreadLocalRandom.current();
    var latencies = new Latencies();
    long errors = 0;
    long bytes = 0;
    try (var connection = new HttpConnection(target.base())) {
      for (Player player = callers.next(number); player != null; player = callers.next(number)) {
        byte[] request = target.request(operation, player, random);
        long start = System.nanoTime();
        try {
          HttpConnection.Answer answer = connection.exchange(request);
          if (answer.status() == 200) {
            latencies.add(System.nanoTime() - start);
            bytes += answer.bytes();
          } else {
            errors++;
          }
        } catch (IOException e) {
          errors++;
        }
      }
    }
    return new Measurement(latencies, errors, bytes, 0);
  }
}
