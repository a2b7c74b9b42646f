package dev.fireside.shared.events;

import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/// Claims of events whose effect is not idempotent by itself: the claim is created in the
/// transaction of the effect, so that both happen or neither.
public final class Claims {
  /// Longer than any redelivery: Eventarc gives up after 24 hours, Pub/Sub after 7 days.
  public static final Duration KEPT = Duration.ofDays(8);

  private final Clock clock;

  public Claims(Clock clock) {
    this.clock = clock;
  }

  /// Claims an event for its function. Call it before the first write of the transaction.
  ///
  /// @return false when the effect has happened already: then write nothing
  public boolean claim(Transaction transaction, EventId event) {
    String path = "claims/" + event.documentName();
    if (transaction.get(path).isPresent()) {
      return false;
    }
    transaction.create(
        path, Map.of("function", event.function(), "expireAt", clock.instant().plus(KEPT)));
    return true;
  }
}
