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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets deliveries take effect that could not when they came.
final class TakeKept {
  private static final Logger log = LoggerFactory.getLogger(TakeKept.class);

  /// Younger ones are left to their events.
  private static final Duration SETTLING = Duration.ofMinutes(5);

  private static final int AT_ONCE_MAX = 500;

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

  /// Lets one take effect, unless it has. One that cannot be read is kept as such.
  void take(Waiting waiting) {
    store.received(waiting.provider(), waiting.event()).ifPresent(this::take);
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

  /// Takes all that has waited for some time, the oldest first.
  void takeAll(Instant end) {
    for (Waiting waiting : store.waitingSince(clock.instant().minus(SETTLING), AT_ONCE_MAX)) {
      if (clock.instant().isAfter(end)) {
        return;
      }
      try {
        take(waiting);
      } catch (RuntimeException e) {
        // One that cannot take effect is no reason to leave the others.
        log.error(
            "ALERT {} event {} still cannot take effect", waiting.provider(), waiting.event(), e);
      }
    }
  }
}
