package dev.fireside.shared;

import dev.fireside.shared.config.Config;
import dev.fireside.shared.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What tests of the stores share.
public final class Stores {
  private Stores() {}

  /// A client of its own, with a key prefix.
  public static Redis redis(URI uri, String prefix, MeterRegistry meters) {
    return Redis.connect(
        Config.from(Map.of("REDIS_URL", uri.toString(), "REDIS_KEY_PREFIX", prefix)), meters);
  }

  /// A prefix that no other test has.
  public static String prefix() {
    return UUID.randomUUID().toString().substring(0, 8) + ":";
  }

  /// Does the same many times at once, each on a thread of its own, and returns all results.
  public static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
    var start = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures =
          IntStream.range(0, times)
              .mapToObj(i ->
                  executor.submit(() -> {
                    start.await();
                    return work.call();
                  }))
              .toList();
      start.countDown();
      return futures.stream().map(Stores::result).toList();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
