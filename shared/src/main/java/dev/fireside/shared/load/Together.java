package dev.fireside.shared.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Does several things at once as parts of the current errand: each has its deadline, its share of
/// the stores and its trace.
public final class Together {
  private Together() {}

  /// Does `each` for all, at most `atOnce` at a time, and answers in their order. Throws what the
  /// first of them threw, once none is under way any more.
  public static <T, R extends @Nullable Object> List<R> each(
      List<T> all, int atOnce, Function<T, R> each) {
    if (all.size() < 2) {
      return all.stream().map(each).toList();
    }
    var results = new ArrayList<R>(all.size());
    for (int from = 0; from < all.size(); from += atOnce) {
      results.addAll(atOnce(all.subList(from, Math.min(all.size(), from + atOnce)), each));
    }
    return results;
  }

  private static <T, R extends @Nullable Object> List<R> atOnce(List<T> part, Function<T, R> each) {
    ScopedValue.Carrier handedOn = Errand.handingOn();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<R>> futures =
          part.stream()
              .map(one -> threads.submit(() -> handedOn.call(() -> each.apply(one))))
              .toList();
      var results = new ArrayList<R>(part.size());
      for (Future<R> future : futures) {
        results.add(result(future));
      }
      return results;
    }
  }

  private static <R extends @Nullable Object> R result(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GivenUpException("Interrupted while others worked");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }
}
