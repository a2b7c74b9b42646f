package dev.fireside.shared.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.telemetry.Trace;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// On whose behalf stores are called, and until when: bound to the thread by whoever takes a
/// request or an event on, and carried to the threads that help with it. Every call of a store
/// takes its share and its deadline from here.
///
/// Time is the machine's own (`System.nanoTime`), not the clock that tests move.
public final class Errand {
  private static final ScopedValue<Errand> CURRENT = ScopedValue.newInstance();

  /// What nobody has bound: a process that starts, a test. It ends when it is done.
  private static final Errand UNBOUND = new Errand(Share.REQUESTS, null, new Signal(), null);

  private final Share share;
  private final @Nullable Long endNanos;
  private final Signal signal;
  private final @Nullable Evidence evidence;

  private Errand(Share share, @Nullable Long endNanos, Signal signal, @Nullable Evidence evidence) {
    this.share = share;
    this.endNanos = endNanos;
    this.signal = signal;
    this.evidence = evidence;
  }

  /// The errand this thread is on.
  public static Errand current() {
    return CURRENT.isBound() ? CURRENT.get() : UNBOUND;
  }

  /// A request that has just come, which can be given up.
  public static Errand request() {
    return new Errand(Share.REQUESTS, null, new Signal(), null);
  }

  /// An event, a message or a schedule, until it is done.
  public static Errand event() {
    return new Errand(Share.EVENTS, null, new Signal(), null);
  }

  /// The same errand, ending after `limit` at the latest.
  public Errand within(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    boolean sooner = endNanos == null || end - endNanos < 0;
    return new Errand(share, sooner ? Long.valueOf(end) : endNanos, signal, evidence);
  }

  /// The same errand, to be finished though its caller may go: half a write helps nobody.
  public Errand regardless() {
    return new Errand(share, endNanos, new Signal(), evidence);
  }

  /// The same errand, taking turns with events for the stores: for what is long, and must neither
  /// be refused half-way nor keep others waiting for their answers.
  public Errand inTurn() {
    return new Errand(Share.EVENTS, endNanos, signal, evidence);
  }

  /// The same errand, stating what it reads.
  ///
  /// @param collected where it states that, and nowhere else
  public Errand noting(Evidence collected) {
    return new Errand(share, endNanos, signal, collected);
  }

  /// Where it states what it reads; null for nowhere.
  public @Nullable Evidence evidence() {
    return evidence;
  }

  /// States that what it makes rests on `part` too.
  public void restsOn(Evidence part) {
    if (evidence != null) {
      evidence.include(part);
    }
  }

  /// States that it reads something whose changes nobody reports.
  public void readsUnreported() {
    if (evidence != null) {
      evidence.spoil();
    }
  }

  /// Whose share of the stores it uses.
  public Share share() {
    return share;
  }

  /// Runs a part of this errand.
  public void run(Runnable part) {
    ScopedValue.where(CURRENT, this).run(part);
  }

  /// Runs a part of this errand.
  public <T extends @Nullable Object> T get(Supplier<T> part) {
    return ScopedValue.where(CURRENT, this).call(part::get);
  }

  /// Runs a part of this errand.
  @CanIgnoreReturnValue
  public <T extends @Nullable Object> T call(Callable<T> part) throws Exception {
    return ScopedValue.where(CURRENT, this).call(part::call);
  }

  /// What a thread hands on to one that helps it with this errand, its trace included.
  public static ScopedValue.Carrier handingOn() {
    var carrier = ScopedValue.where(CURRENT, current());
    return Trace.current().map(trace -> carrier.where(Trace.CURRENT, trace)).orElse(carrier);
  }

  /// Says that nobody waits for this errand any more.
  public void giveUp() {
    signal.send();
  }

  /// Whether nobody waits for this errand any more, or its time is over.
  public boolean isGivenUp() {
    return signal.sent || remaining(Duration.ofDays(1)).isZero();
  }

  /// Throws [GivenUpException] where nobody waits for this errand any more, or its time is over.
  public void check() {
    if (signal.sent) {
      throw new GivenUpException("Whoever asked has gone");
    }
    if (remaining(Duration.ofDays(1)).isZero()) {
      throw new GivenUpException("The time for the answer is over");
    }
  }

  /// How long a part of it may take that takes `limit` at most; zero when time is over.
  public Duration remaining(Duration limit) {
    if (endNanos == null) {
      return limit;
    }
    long nanos = Math.max(0, endNanos - System.nanoTime());
    return nanos < limit.toNanos() ? Duration.ofNanos(nanos) : limit;
  }

  /// Waits before another attempt, at random up to `longest` and not beyond its end.
  ///
  /// @param interrupted what to throw where the thread is interrupted meanwhile
  public void pause(
      Duration longest, Function<InterruptedException, ? extends RuntimeException> interrupted) {
    try {
      Thread.sleep(
          remaining(Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest.toMillis()))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted.apply(e);
    }
  }

  /// Has `action` run once when the errand is given up (at once, where it is already), until the
  /// result is closed. The end of its time is no such moment: who waits, waits [#remaining].
  public Watch onGivenUp(Runnable action) {
    return signal.watch(action);
  }

  /// Something that runs when an errand is given up.
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /// An action with an identity of its own.
  private static final class Watcher implements Runnable {
    private final Runnable action;

    Watcher(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      action.run();
    }
  }

  private static final class Signal {
    private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
    private volatile boolean sent;

    void send() {
      sent = true;
      watchers.forEach(this::runOnce);
    }

    Watch watch(Runnable action) {
      // One action may be watched for twice.
      Runnable watcher = new Watcher(action);
      watchers.add(watcher);
      if (sent) {
        runOnce(watcher);
      }
      return () -> watchers.remove(watcher);
    }

    private void runOnce(Runnable watcher) {
      if (watchers.remove(watcher)) {
        watcher.run();
      }
    }
  }
}
