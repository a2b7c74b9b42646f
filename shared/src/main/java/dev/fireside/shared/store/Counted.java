package dev.fireside.shared.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How many documents a query had.
///
/// @param count how many
/// @param readTime when, by Firestore's own clock: every write committed up to then is counted,
///   none after; to the microsecond, as documents keep it
public record Counted(long count, Instant readTime) {
  public Counted {
    readTime = readTime.truncatedTo(ChronoUnit.MICROS);
  }
}
