package dev.fireside.emulator.testing;

import io.micrometer.core.instrument.MeterRegistry;

/// What functions have asked of the services so far.
///
/// @param roundTrips calls of Redis
/// @param reads documents read
/// @param writes documents written
/// @param deletes documents deleted
public record Counts(long roundTrips, long reads, long writes, long deletes) {

  static Counts of(MeterRegistry meters) {
    return new Counts(
        count(meters, "redis.round.trips"),
        count(meters, "firestore.reads"),
        count(meters, "firestore.writes"),
        count(meters, "firestore.deletes"));
  }

  private static long count(MeterRegistry meters, String name) {
    return (long) meters.counter(name).count();
  }

  /// What was asked since `before`.
  public Counts minus(Counts before) {
    return new Counts(
        roundTrips - before.roundTrips,
        reads - before.reads,
        writes - before.writes,
        deletes - before.deletes);
  }
}
