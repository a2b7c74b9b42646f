package dev.fireside.payments.reconciliation;

import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.TakeDelivery;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.store.DeliveryStore;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.payments.purchases.store.DeliveryStore.Waiting;
import dev.fireside.payments.revenuecat.ReceiveRevenueCat;
import dev.fireside.payments.stripe.ReceiveStripe;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.store.StripeUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets deliveries take effect that could not when they came.
final class TakeKept {
  private static final Logger log = LoggerFactory.getLogger(TakeKept.class);

  /// Younger ones are left to their events.
  private static final Duration SETTLING = Duration.ofMinutes(5);

  private static final int PAGE = 500;

  private final DeliveryStore store;
  private final TakeDelivery deliveries;
  private final ApplyFacts apply;
  private final ReceiveRevenueCat revenueCat;
  private final ReceiveStripe stripe;
  private final Clock clock;

  TakeKept(
      Platform platform,
      TakeDelivery deliveries,
      ApplyFacts apply,
      ReceiveRevenueCat revenueCat,
      ReceiveStripe stripe) {
    this.store = DeliveryStore.of(platform);
    this.deliveries = deliveries;
    this.apply = apply;
    this.revenueCat = revenueCat;
    this.stripe = stripe;
    this.clock = platform.clock();
  }

  /// Lets one take effect, unless it has. One that cannot be read is kept as such; one that needs a
  /// key of Stripe's, and there is none, is left to the schedule.
  void take(Waiting waiting) {
    if (!takeUnlessKeyless(waiting)) {
      log.error("ALERT Stripe event {} waits for STRIPE_API_KEY", waiting.event());
    }
  }

  private boolean takeUnlessKeyless(Waiting waiting) {
    try {
      store.received(waiting.provider(), waiting.event()).ifPresent(this::take);
      return true;
    } catch (StripeUnavailableException e) {
      if (stripe.hasKey()) {
        throw e;
      }
      return false;
    }
  }

  private void take(Delivery delivery) {
    try {
      Work work = deliveries.read(delivery, () -> read(delivery));
      apply.apply(work.deliveredBy(delivery));
    } catch (ProblemException e) {
      log.debug("{} was refused", delivery.eventId(), e);
    }
  }

  private Work read(Delivery delivery) {
    return delivery.provider().equals(ReceiveRevenueCat.PROVIDER)
        ? revenueCat.read(delivery.body())
        : stripe.read(Payload.of(delivery.body()), ReceiveStripe.Endpoint.PLATFORM);
  }

  /// Takes all that has waited for some time, the oldest first: those that cannot take effect keep
  /// no others from it.
  void takeAll(Instant end) {
    Instant before = clock.instant().minus(SETTLING);
    Waiting last = null;
    long keyless = 0;
    List<Waiting> page;
    do {
      page = store.waitingSince(before, last, PAGE);
      for (Waiting waiting : page) {
        if (clock.instant().isAfter(end)) {
          return;
        }
        keyless += takeOrLeave(waiting) ? 0 : 1;
        last = waiting;
      }
    } while (page.size() == PAGE);
    if (keyless > 0) {
      log.error("ALERT {} events of Stripe's wait for STRIPE_API_KEY", keyless);
    }
  }

  private boolean takeOrLeave(Waiting waiting) {
    try {
      return takeUnlessKeyless(waiting);
    } catch (RuntimeException e) {
      log.error(
          "ALERT {} event {} still cannot take effect", waiting.provider(), waiting.event(), e);
      return true;
    }
  }
}
