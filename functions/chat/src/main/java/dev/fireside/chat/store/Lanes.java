package dev.fireside.chat.store;

import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.GivenUpException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets those who want to change the same thing at the same time do it together: while one of them
/// writes, the others gather, and the next one writes for all who have.
///
/// @param <K> names what is changed
/// @param <W> what somebody wants
final class Lanes<K, W extends Lanes.Wish> {
  /// Wishes that are written together.
  private static final int TOGETHER_MAX = 50;

  private static final Duration WAIT_MAX = Duration.ofSeconds(20);

  private final ConcurrentHashMap<K, Lane<W>> lanes = new ConcurrentHashMap<>();

  /// What somebody wants done.
  interface Wish {
    /// Whether it was done, or has failed.
    boolean isDone();
  }

  private static final class Lane<W> {
    final ReentrantLock turn = new ReentrantLock(true);
    final ConcurrentLinkedQueue<W> waiting = new ConcurrentLinkedQueue<>();
    int users;
  }

  /// Returns when the wish is done, by this thread or another.
  ///
  /// @param together does wishes, this one or others of the same key; throws nothing that is not
  ///   handed to all of them
  void run(K key, W wish, Consumer<List<W>> together) {
    Lane<W> lane =
        lanes.compute(
            key,
            (_, found) -> {
              Lane<W> one = found == null ? new Lane<>() : found;
              one.users++;
              return one;
            });
    try {
      lane.waiting.add(wish);
      while (!wish.isDone()) {
        takeTurn(lane, wish);
        try {
          if (!wish.isDone()) {
            together.accept(gathered(lane));
          }
        } finally {
          lane.turn.unlock();
        }
      }
    } finally {
      lanes.compute(key, (_, found) -> leave(found));
    }
  }

  private static <W> void takeTurn(Lane<W> lane, W wish) {
    try {
      Duration wait = Errand.current().remaining(WAIT_MAX);
      if (lane.turn.tryLock(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lane.waiting.remove(wish);
    throw new GivenUpException("Others wrote for too long");
  }

  private static <W> List<W> gathered(Lane<W> lane) {
    var all = new ArrayList<W>();
    W next = lane.waiting.poll();
    while (next != null) {
      all.add(next);
      next = all.size() < TOGETHER_MAX ? lane.waiting.poll() : null;
    }
    return all;
  }

  private static <W> @Nullable Lane<W> leave(@Nullable Lane<W> lane) {
    if (lane == null) {
      return null;
    }
    lane.users--;
    return lane.users == 0 ? null : lane;
  }
}
