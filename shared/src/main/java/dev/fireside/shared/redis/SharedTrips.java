package dev.fireside.shared.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;

/// Lets small pipelines of several threads travel together: on few connections, so that under load
/// many share one write and one read of a socket, on both sides. Most of what a small read costs is
/// these.
///
/// Whoever finds a connection free goes at once, and takes along who waits. Who finds none waits
/// until a trip that is under way is back, and then goes with all who came meanwhile.
final class SharedTrips {
  private static final int TRAVELLERS_MAX = 64;

  private final Supplier<AbstractPipeline> pipelines;
  private final Queue<Traveller> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger freeLanes;

  /// @param lanes trips under way at once
  SharedTrips(int lanes, Supplier<AbstractPipeline> pipelines) {
    this.freeLanes = new AtomicInteger(lanes);
    this.pipelines = pipelines;
  }

  /// Sends commands and returns once they are answered. Throws what the trip failed with.
  void run(Consumer<AbstractPipeline> commands) {
    var traveller = new Traveller(commands);
    if (takeLane()) {
      drive(traveller);
    } else {
      waiting.add(traveller);
      // The last lane may have been let go in between, by somebody who saw nobody waiting.
      if (takeLane()) {
        passOn();
      }
      if (traveller.turn.join() == Turn.DRIVE) {
        drive(traveller);
      }
    }
    if (traveller.failure != null) {
      throw traveller.failure;
    }
  }

  /// Does something instead of a trip, if a lane is free.
  void ifFree(Runnable work) {
    if (takeLane()) {
      try {
        work.run();
      } finally {
        passOn();
      }
    }
  }

  private boolean takeLane() {
    return freeLanes.getAndUpdate(free -> Math.max(0, free - 1)) > 0;
  }

  /// Gives the lane to the next who waits, or lets it go.
  private void passOn() {
    do {
      Traveller next = waiting.poll();
      if (next != null) {
        next.turn.complete(Turn.DRIVE);
        return;
      }
      freeLanes.incrementAndGet();
    } while (!waiting.isEmpty() && takeLane());
  }

  private void drive(Traveller driver) {
    List<Traveller> travellers = new ArrayList<>();
    travellers.add(driver);
    try {
      while (travellers.size() < TRAVELLERS_MAX) {
        Traveller next = waiting.poll();
        if (next == null) {
          break;
        }
        travellers.add(next);
      }
      travel(travellers);
    } finally {
      passOn();
      for (Traveller traveller : travellers) {
        traveller.turn.complete(Turn.ARRIVED);
      }
    }
  }

  private void travel(List<Traveller> travellers) {
    try (AbstractPipeline pipeline = pipelines.get()) {
      travellers.forEach(traveller -> traveller.board(pipeline));
      pipeline.sync();
    } catch (RuntimeException e) {
      travellers.forEach(traveller -> traveller.fail(e));
    }
  }

  private enum Turn {
    /// It takes the next trip, and others along.
    DRIVE,
    /// It was taken along, and its answers are there.
    ARRIVED
  }

  private static final class Traveller {
    private final Consumer<AbstractPipeline> commands;
    private final CompletableFuture<Turn> turn = new CompletableFuture<>();
    private @Nullable RuntimeException failure;

    Traveller(Consumer<AbstractPipeline> commands) {
      this.commands = commands;
    }

    /// A command that cannot be sent is its own traveller's fault only.
    void board(AbstractPipeline pipeline) {
      try {
        commands.accept(pipeline);
      } catch (RuntimeException e) {
        failure = e;
      }
    }

    void fail(RuntimeException e) {
      if (failure == null) {
        failure = e;
      }
    }
  }
}
