package dev.fireside.shared.load;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// How many calls of one store may be under way at once, for requests and for events apart.
///
/// Who finds no free call waits in a short queue, in order. A request that finds the queue full, or
/// has waited too long, is refused with [OverloadedException]: more calls at once would only make
/// all of them slower, and a caller who is refused soon can come back when there is room.
///
/// A JDK semaphore and not Resilience4j's bulkhead, which is one too: its queue has no bound, and
/// its waiting time is one for all, where ours ends with the caller's own deadline.
///
/// Meters: `store.calls.active` and `store.calls.waiting` (now), `store.calls.shed` (refused), each
/// with `store` and `share`.
public final class Limiter {
  /// Waiting calls for each that is under way: a queue of so many is served within a few times a
  /// call's own duration.
  private static final int WAITING_FACTOR = 8;

  /// Events come again when they fail, so a refusal only makes more work. How many are under way is
  /// bounded where they are delivered.
  private static final Duration EVENT_WAIT_MAX = Duration.ofSeconds(20);

  private final String store;
  private final Map<Share, Lane> lanes = new EnumMap<>(Share.class);

  /// @param store its name in meters
  /// @param requests calls under way at once for requests; events have half as many of their own
  /// @param waitMax how long a request waits for its turn, at most
  public Limiter(String store, int requests, Duration waitMax, MeterRegistry meters) {
    this.store = store;
    lanes.put(
        Share.REQUESTS,
        new Lane(Share.REQUESTS, requests, WAITING_FACTOR * requests, waitMax, meters));
    lanes.put(
        Share.EVENTS,
        new Lane(Share.EVENTS, events(requests), Integer.MAX_VALUE, EVENT_WAIT_MAX, meters));
  }

  /// How many calls events may have under way beside that many for requests.
  public static int events(int requests) {
    return Math.ceilDiv(requests, 2);
  }

  /// Takes a call out of the share of the current errand; it is given back by closing. What calls
  /// read, nobody reports changes of.
  ///
  /// Throws [OverloadedException] where too much is under way, [GivenUpException] where nobody
  /// waits for it any more.
  public Permit acquire() {
    Errand errand = Errand.current();
    errand.check();
    errand.readsUnreported();
    return lane(errand.share()).acquire(errand);
  }

  private Lane lane(Share share) {
    Lane lane = lanes.get(share);
    if (lane == null) {
      throw new IllegalStateException("There is a lane for each share");
    }
    return lane;
  }

  /// A call that may be under way.
  public interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  private final class Lane {
    private final Semaphore free;
    private final AtomicInteger waiting = new AtomicInteger();
    private final int waitingMax;
    private final Duration waitMax;
    private final Counter shed;

    Lane(Share share, int calls, int waitingMax, Duration waitMax, MeterRegistry meters) {
      this.free = new Semaphore(calls, true);
      this.waitingMax = waitingMax;
      this.waitMax = waitMax;
      this.shed = meters.counter("store.calls.shed", "store", store, "share", share.tag());
      Gauge.builder("store.calls.active", free, semaphore -> calls - semaphore.availablePermits())
          .tags("store", store, "share", share.tag())
          .strongReference(true)
          .register(meters);
      Gauge.builder("store.calls.waiting", waiting, AtomicInteger::get)
          .tags("store", store, "share", share.tag())
          .strongReference(true)
          .register(meters);
    }

    Permit acquire(Errand errand) {
      try {
        if (!free.tryAcquire(0, TimeUnit.NANOSECONDS)) {
          await(errand);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new GivenUpException("Interrupted while waiting for " + store);
      }
      return free::release;
    }

    private void await(Errand errand) throws InterruptedException {
      try {
        if (waiting.incrementAndGet() > waitingMax
            || !free.tryAcquire(errand.remaining(waitMax).toNanos(), TimeUnit.NANOSECONDS)) {
          errand.check();
          shed.increment();
          throw new OverloadedException(store);
        }
      } finally {
        waiting.decrementAndGet();
      }
      if (errand.isGivenUp()) {
        free.release();
        errand.check();
      }
    }
  }
}
