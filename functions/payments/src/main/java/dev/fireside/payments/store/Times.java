package dev.fireside.payments.store;

import com.google.cloud.Timestamp;
import java.time.Instant;

/// Instants as queries take them.
final class Times {
  private Times() {}

  static Timestamp timestamp(Instant instant) {
    return Timestamp.ofTimeSecondsAndNanos(instant.getEpochSecond(), instant.getNano());
  }
}
