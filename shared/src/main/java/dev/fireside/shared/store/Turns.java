package dev.fireside.shared.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// Lets the transactions of this process that lost a document to each other try again one by one:
/// all at once they would only lose again, each after waiting for the others' locks.
final class Turns {
  private static final int STRIPES = 128;
  private static final Semaphore NOT_YET = new Semaphore(0);
  private static final Semaphore ENDED = new Semaphore(0);

  private final Semaphore[] stripes =
      Stream.generate(() -> new Semaphore(1, true)).limit(STRIPES).toArray(Semaphore[]::new);
  private final Duration limit;

  /// @param limit how long one waits for its turn
  Turns(Duration limit) {
    this.limit = limit;
  }

  /// What one transaction holds until it has ended.
  Turn turn() {
    return new Turn();
  }

  final class Turn implements AutoCloseable {
    private final AtomicReference<Semaphore> held = new AtomicReference<>(NOT_YET);

    /// Returns when no other transaction is trying again on this document.
    void await(String path) {
      if (!held.get().equals(NOT_YET)) {
        return;
      }
      Semaphore stripe = stripes[Math.floorMod(path.hashCode(), STRIPES)];
      try {
        if (!stripe.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new StoreUnavailableException(
              "Others were always faster", new TimeoutException("No turn in " + limit));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreUnavailableException("Interrupted while others wrote", e);
      }
      if (!held.compareAndSet(NOT_YET, stripe)) {
        // The caller gave up meanwhile.
        stripe.release();
      }
    }

    @Override
    public void close() {
      Semaphore stripe = held.getAndSet(ENDED);
      if (!stripe.equals(NOT_YET) && !stripe.equals(ENDED)) {
        stripe.release();
      }
    }
  }
}
