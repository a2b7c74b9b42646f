package dev.fireside.payments.purchases;

import dev.fireside.payments.purchases.store.DeliveryStore;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.shared.Platform;
import dev.fireside.shared.UnavailableException;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.load.Errand;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what a provider delivered: lets it take effect, and keeps what cannot at once.
///
/// Providers wait some seconds for an answer and come again a few times only. What takes longer is
/// kept, answered, and takes effect soon after; what is refused is kept too, and somebody is
/// alerted.
public final class TakeDelivery {
  private static final Logger log = LoggerFactory.getLogger(TakeDelivery.class);

  /// How long it may take to take effect, and no more than half of the time for an answer.
  private static final Duration EFFECT_MAX = Duration.ofSeconds(7);

  private static final Duration KEEP_MAX = Duration.ofSeconds(2);

  private final Platform platform;
  private final ApplyFacts apply;
  private final DeliveryStore deliveries;
  private final Duration effectMax;

  public TakeDelivery(Platform platform, ApplyFacts apply) {
    this.platform = platform;
    this.apply = apply;
    this.deliveries = DeliveryStore.of(platform);
    Duration half = platform.config().load().writeDeadline().dividedBy(2);
    this.effectMax = half.compareTo(EFFECT_MAX) < 0 ? half : EFFECT_MAX;
  }

  /// What becomes of a delivery that came before; empty for one that is new, or has yet to take
  /// effect.
  public Optional<Applied> before(Delivery delivery) {
    return apply.before(delivery);
  }

  /// Reads a delivery. Keeps one that cannot be read, and throws what was thrown.
  ///
  /// @param read throws a 4xx problem for what it refuses
  public <T> T read(Delivery delivery, Supplier<T> read) {
    try {
      return read.get();
    } catch (ProblemException e) {
      refuse(delivery, e);
      throw e;
    }
  }

  /// Lets what was delivered take effect.
  ///
  /// @param work what the delivery asks for, the delivery with it
  public Applied take(Work work) {
    try {
      return Errand.current().within(effectMax).get(() -> apply.apply(work));
    } catch (UnavailableException e) {
      return keep(work, e);
    } catch (RuntimeException e) {
      log.error("ALERT {} cannot take effect", name(work), e);
      return keep(work, e);
    }
  }

  private static String name(Work work) {
    Delivery delivery = work.delivery();
    return delivery == null ? "" : delivery.provider() + " event " + delivery.eventId();
  }

  private Applied keep(Work work, RuntimeException cause) {
    Delivery delivery = work.delivery();
    if (delivery == null) {
      throw cause;
    }
    return later(delivery, cause);
  }

  /// Keeps a delivery, to be read and take effect later. Throws the cause where it cannot be kept.
  ///
  /// @param cause why it cannot take effect now
  public Applied later(Delivery delivery, RuntimeException cause) {
    Optional<DeliveryStore.Row> before =
        Errand.current().within(KEEP_MAX).get(() -> kept(delivery, cause));
    Optional<Applied> known = before.flatMap(row -> ApplyFacts.repeated(delivery, row));
    if (known.isEmpty()) {
      log.warn(
          "{} event {} is kept, to take effect later",
          delivery.provider(),
          delivery.eventId(),
          cause);
    }
    return known.orElse(Applied.RECEIVED);
  }

  private Optional<DeliveryStore.Row> kept(Delivery delivery, RuntimeException cause) {
    // Of a person whose key is gone nothing can be kept: the provider comes again.
    byte[] sealed = deliveries.seal(delivery).orElseThrow(() -> cause);
    return deliveries.keepReceived(delivery, sealed, platform.clock().instant());
  }

  /// Keeps a delivery that cannot be read. What failed for want of something is no refusal.
  void refuse(Delivery delivery, ProblemException problem) {
    if (problem.type().status() >= 500) {
      return;
    }
    log.error(
        "ALERT {} event {} is refused: {}",
        delivery.provider(),
        delivery.eventId(),
        reason(problem));
    try {
      Errand.current()
          .within(KEEP_MAX)
          .run(() ->
              deliveries.keepRefused(
                  delivery,
                  deliveries.seal(delivery),
                  reason(problem),
                  platform.clock().instant()));
    } catch (UnavailableException e) {
      log.error("A refused delivery could not be kept", e);
    }
  }

  /// What is wrong, without anything that the provider sent.
  private static String reason(ProblemException problem) {
    boolean named = !problem.errors().isEmpty() && problem.type() != ProblemType.MALFORMED_BODY;
    return named
        ? problem.errors().stream()
            .map(error -> error.field() + " " + error.message())
            .collect(Collectors.joining(", "))
        : problem.type().name();
  }
}
