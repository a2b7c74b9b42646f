package dev.fireside.emulator.database.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks one after another, in the order in which they come, on a virtual thread that lives
/// while there are any.
public final class Serial implements Executor {
  private static final Logger log = LoggerFactory.getLogger(Serial.class);

  private final String name;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  /// @param name of the thread
  public Serial(String name) {
    this.name = name;
  }

  /// Runs a task in its turn and returns when it is done; what it throws is thrown.
  static void await(Serial serial, Runnable task) {
    var done = new CompletableFuture<Void>();
    serial.execute(() -> {
      try {
        task.run();
        done.complete(null);
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    });
    try {
      done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    Thread.ofVirtual().name(name).start(this::drain);
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException e) {
        log.error("A task of {} failed", name, e);
      }
    }
  }

  private @org.jspecify.annotations.Nullable Runnable next() {
    synchronized (tasks) {
      Runnable task = tasks.poll();
      running = task != null;
      return task;
    }
  }
}
