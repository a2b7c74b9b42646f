package dev.fireside.transcoder;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.Transcode;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to work on an order, kept by a heartbeat that also states the progress: a write every
/// [#PACE] while it changes, and before the lease ends while it does not.
///
/// Whoever loses it is told by `lost` and stops: nothing is written without it.
final class Lease implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lease.class);
  static final Duration PACE = Duration.ofSeconds(2);
  private static final Duration IDLE = Transcode.LEASE.dividedBy(4);
  private static final double STEP = 0.01;

  private final TranscodeStore store;
  private final String id;
  private final String holder;
  private final Clock clock;
  private final Runnable lost;
  private final Thread heart;
  private Made made;
  private double progress;
  private double written;
  private Instant until;
  private Instant last;
  private boolean ended;

  private Lease(TranscodeStore store, Transcode taken, String holder, Clock clock, Runnable lost) {
    this.store = store;
    this.id = taken.id();
    this.holder = holder;
    this.clock = clock;
    this.lost = lost;
    this.made = taken.state().made();
    this.last = clock.instant();
    this.until = last.plus(Transcode.LEASE);
    this.heart = Thread.ofVirtual().name("lease").unstarted(this::beat);
  }

  /// @param lost called once when somebody else has it
  static Lease of(
      TranscodeStore store, Transcode taken, String holder, Clock clock, Runnable lost) {
    var lease = new Lease(store, taken, holder, clock, lost);
    lease.heart.start();
    return lease;
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(PACE);
        if (!renewWhereDue()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private synchronized boolean renewWhereDue() {
    boolean due = progress >= written + STEP || clock.instant().isAfter(last.plus(IDLE));
    if (!ended && due) {
      try {
        renew();
      } catch (UnavailableException e) {
        log.warn("The lease of {} could not be renewed", id, e);
        if (clock.instant().isAfter(until)) {
          lose();
        }
      } catch (LeaseLostException e) {
        // Said by lose.
      }
    }
    return !ended;
  }

  private void renew() {
    Instant now = clock.instant();
    if (!store.renew(id, holder, now, progress, made)) {
      lose();
      throw new LeaseLostException();
    }
    written = progress;
    last = now;
    until = now.plus(Transcode.LEASE);
  }

  private void lose() {
    ended = true;
    log.warn("The lease of {} is lost", id);
    lost.run();
  }

  /// How far the work has come, 0 to 1; never back.
  synchronized void progress(double value) {
    progress = Math.clamp(value, progress, 1);
  }

  synchronized Made made() {
    return made;
  }

  /// States what has been made. Throws [LeaseLostException].
  synchronized void made(Made value) {
    check();
    made = value;
    renew();
  }

  /// Throws [LeaseLostException] unless nobody else can have it.
  synchronized void check() {
    if (ended || clock.instant().isAfter(until)) {
      throw new LeaseLostException();
    }
  }

  /// Ends the order.
  synchronized void end(TranscodeState state) {
    ended = true;
    if (!store.end(id, holder, state)) {
      log.warn("The lease of {} was lost before its end", id);
    }
  }

  /// Gives the order back, to be tried again.
  synchronized void giveBack() {
    if (!ended) {
      ended = true;
      store.giveBack(id, holder, clock.instant());
    }
  }

  @Override
  public void close() {
    heart.interrupt();
  }
}
