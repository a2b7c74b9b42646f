package dev.fireside.payouts;

import dev.fireside.payouts.store.PayoutStore;
import dev.fireside.payouts.store.PayoutStore.Kept;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes on with statements, holds and transfers.
public final class PayFunction extends ScheduledFunction {
  private static final Logger log = LoggerFactory.getLogger(PayFunction.class);

  /// For closing, and for paying; both together take less than the function may.
  private static final Duration TIME = Duration.ofMinutes(4);

  private final PayoutStore store;
  private final CloseRun close;
  private final PayCreators pay;
  private final Clock clock;

  public PayFunction() {
    this(Platform.current());
  }

  PayFunction(Platform platform) {
    super(platform);
    var parts = new Parts(platform);
    this.store = parts.store();
    this.close = parts.close();
    this.pay = parts.pay();
    this.clock = platform.clock();
  }

  @Override
  protected void run(Instant scheduled) {
    Instant end = clock.instant().plus(TIME);
    for (Kept run : store.closing()) {
      try {
        close.close(run.terms().id(), Duration.between(clock.instant(), end));
      } catch (RuntimeException e) {
        // The others, and what is owed already, are not to wait for this one.
        log.error("ALERT payout run {} does not close", run.terms().id(), e);
      }
    }
    pay.pay(clock.instant().plus(TIME));
  }
}
