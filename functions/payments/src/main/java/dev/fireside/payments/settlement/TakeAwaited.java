package dev.fireside.payments.settlement;

import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.settlement.store.AwaitedStore;
import dev.fireside.payments.settlement.store.AwaitedStore.Awaited;
import dev.fireside.shared.Platform;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books what charges and refunds cost of which that was not known when they were reported.
public final class TakeAwaited {
  private static final Logger log = LoggerFactory.getLogger(TakeAwaited.class);

  private static final int AT_ONCE_MAX = 500;

  /// Stripe makes the balance transaction of a charge within an hour.
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final AwaitedStore awaited;
  private final BookBalance balance;
  private final StripeGateway stripe;
  private final ApplyFacts apply;
  private final Clock clock;

  public TakeAwaited(Platform platform, StripeGateway stripe, ApplyFacts apply) {
    this.awaited = new AwaitedStore(platform.documents());
    this.balance = new BookBalance(platform, stripe);
    this.stripe = stripe;
    this.apply = apply;
    this.clock = platform.clock();
  }

  /// Takes all that is there by now, as far as the time goes.
  public void take(Instant end) {
    List<Awaited> all = awaited.before(clock.instant(), AT_ONCE_MAX);
    if (!all.isEmpty() && !stripe.isConfigured()) {
      log.error("ALERT {} fees of Stripe's wait for STRIPE_API_KEY", all.size());
      return;
    }
    for (Awaited one : all) {
      if (clock.instant().isAfter(end)) {
        return;
      }
      try {
        take(one);
      } catch (RuntimeException e) {
        log.error("ALERT nobody can book what {} cost at Stripe", one.id(), e);
      }
    }
  }

  private void take(Awaited one) {
    Work work = balance.again(one);
    if (work != null) {
      apply.apply(work);
    } else if (one.since().plus(PATIENCE).isBefore(clock.instant())) {
      log.error("ALERT Stripe does not say what {} cost", one.id());
    }
  }
}
