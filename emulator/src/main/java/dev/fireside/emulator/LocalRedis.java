package dev.fireside.emulator;

import dev.fireside.emulator.process.RedisProcess;
import dev.fireside.shared.Platform;
import dev.fireside.shared.redis.RedisUnavailableException;
import java.time.Duration;

/// A project's Redis, to be lost and found.
public final class LocalRedis {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(20);

  private final RedisProcess process;
  private final Platform platform;

  LocalRedis(RedisProcess process, Platform platform) {
    this.process = process;
    this.platform = platform;
  }

  /// Ends the server, as a crash would: for all projects of the cloud.
  public void kill() {
    process.kill();
  }

  /// Starts an empty server, and returns when the functions of this project reach it again.
  public void restart() {
    process.restart();
    untilAnswered(() -> platform.redis().call(client -> client.exists("restarted")));
  }

  /// Deletes all keys of this project, on a new server where there is none.
  public void flush() {
    if (!process.isAlive()) {
      process.restart();
    }
    untilAnswered(() -> platform.redis().unlinkPrefix(""));
  }

  /// The circuit breaker has to see that Redis is back.
  private static void untilAnswered(Runnable call) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        call.run();
        return;
      } catch (RedisUnavailableException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Redis", e);
    }
  }
}
