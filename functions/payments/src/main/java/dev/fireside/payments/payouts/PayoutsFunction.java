package dev.fireside.payments.payouts;

import dev.fireside.payments.store.PayoutStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Goes on with statements, holds and transfers.
public final class PayoutsFunction extends ScheduledFunction {
  /// Less than the function may take.
  private static final Duration TIME = Duration.ofMinutes(4);

  private final PayoutStore store;
  private final CloseRun close;
  private final PayCreators pay;
  private final Clock clock;

  public PayoutsFunction() {
    this(Platform.current());
  }

  PayoutsFunction(Platform platform) {
    super(platform);
    var parts = new Parts(platform);
    this.store = parts.store();
    this.close = parts.close();
    this.pay = parts.pay();
    this.clock = platform.clock();
  }

  @Override
  protected void run(Instant scheduled) {
    store.closing().forEach(run -> close.close(run.terms().id(), TIME));
    pay.pay(clock.instant().plus(TIME));
  }
}
