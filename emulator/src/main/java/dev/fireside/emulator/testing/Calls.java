package dev.fireside.emulator.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Calls that come at the same time.
public final class Calls {
  private Calls() {}

  /// One of many calls.
  @FunctionalInterface
  public interface Call<T> {
    /// Makes one call.
    ///
    /// @param i the number of the call, from 0
    T call(int i) throws Exception;
  }

  /// Makes all calls at once, each on a thread of its own that waits until all are there, and
  /// returns what they returned, in the order of their numbers. A call that throws fails the test.
  @CanIgnoreReturnValue
  public static <T> List<T> atOnce(int times, Call<T> call) {
    var start = new CountDownLatch(1);
    var futures = new ArrayList<Future<T>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < times; i++) {
        int number = i;
        futures.add(
            executor.submit(() -> {
              start.await();
              return call.call(number);
            }));
      }
      start.countDown();
      return futures.stream().map(Calls::result).toList();
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
