package dev.fireside.payments.purchases;

import dev.fireside.shared.load.Errand;
import dev.fireside.shared.redis.Locks;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lets work about one subject, mostly a person, take effect one by one, in all instances. At once
/// they would only take the subject's documents from each other, and begin anew after waiting for
/// each other's locks.
///
/// This spares attempts and no more: what commits is Firestore's to decide. Nobody waits for ever,
/// and while Redis is away only the work of one instance queues up.
public final class Queue {
  private static final int STRIPES = 256;

  /// After this a turn is over, whatever became of whoever has it: many times what a transaction
  /// takes.
  private static final Duration LIFE = Duration.ofSeconds(5);

  /// How long work that has no deadline waits for its turn here.
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);

  private static final int PAUSE_MILLIS = 20;

  /// The turn of work that shares nothing.
  static final Turn NO_TURN = new Turn(null, null);

  private final Locks locks;
  private final Semaphore[] stripes =
      Stream.generate(() -> new Semaphore(1, true)).limit(STRIPES).toArray(Semaphore[]::new);

  public Queue(Redis redis) {
    this.locks = new Locks(redis);
  }

  /// A turn, until it is closed.
  public record Turn(@Nullable Semaphore here, Locks.@Nullable Held everywhere)
      implements AutoCloseable {
    @Override
    public void close() {
      try {
        if (everywhere != null) {
          everywhere.close();
        }
      } finally {
        if (here != null) {
          here.release();
        }
      }
    }
  }

  /// Waits until it is the turn of some work. Throws [dev.fireside.shared.load.GivenUpException]
  /// where its time is over before.
  ///
  /// @param subject whom or what it is about
  public Turn turn(String subject) {
    Semaphore here = stripes[Math.floorMod(subject.hashCode(), STRIPES)];
    boolean first;
    try {
      first = here.tryAcquire(Errand.current().remaining(WAIT_MAX).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      first = false;
    }
    if (!first) {
      Errand.current().check();
      // Better out of turn than never.
      return NO_TURN;
    }
    boolean taken = false;
    try {
      var turn = new Turn(here, everywhere(subject));
      taken = true;
      return turn;
    } finally {
      if (!taken) {
        here.release();
      }
    }
  }

  private Locks.@Nullable Held everywhere(String subject) {
    long end = System.nanoTime() + LIFE.toNanos();
    try {
      while (System.nanoTime() - end < 0) {
        Errand.current().check();
        Optional<Locks.Held> held = locks.tryAcquire("payments:" + subject, LIFE);
        if (held.isPresent()) {
          return held.get();
        }
        Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS) + 1L);
      }
    } catch (RedisUnavailableException e) {
      // Firestore decides.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }
}
