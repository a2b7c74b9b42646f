package dev.fireside.benchmarks.leaderboards;

import dev.fireside.benchmarks.load.Load;
import dev.fireside.benchmarks.load.Measurement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Has players call a server from a number of connections.
final class Play {
  private final Target target;
  private final List<Player> players;
  private final int connections;
  private final Load load;

  Play(Target target, List<Player> players, int connections) {
    this.target = target;
    this.players = List.copyOf(players);
    this.connections = connections;
    this.load = new Load(target.base(), connections);
  }

  /// Has every player ask for the own rank once, so that the server knows them all.
  Measurement meetEverybody() {
    var next = new AtomicInteger();
    var random = ThreadLocalRandom.current();
    return load.run(_ -> {
      int index = next.getAndIncrement();
      return index < players.size()
          ? target.request(Operation.RANK, players.get(index), random)
          : null;
    });
  }

  /// Has random players call for a while. Each connection has players of its own, where there are
  /// enough: nobody plays two games at once.
  Measurement run(Operation operation, Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    int step = players.size() < connections ? 1 : connections;
    int own = players.size() / step;
    var random = ThreadLocalRandom.current();
    return load.run(connection -> {
      if (System.nanoTime() >= end) {
        return null;
      }
      int index = random.nextInt(own) * step + connection % step;
      return target.request(operation, players.get(index), random);
    });
  }
}
