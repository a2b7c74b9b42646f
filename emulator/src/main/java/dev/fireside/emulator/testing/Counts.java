package dev.fireside.emulator.testing;

import io.micrometer.core.instrument.MeterRegistry;

/// What functions have asked of the services so far.
///
/// @param roundTrips calls of Redis
/// @param reads documents read
/// @param writes documents written
/// @param deletes documents deleted
/// @param realtimeReads calls of the Realtime Database that read
/// @param realtimeWrites calls of it that wrote
public record Counts(
    long roundTrips,
    long reads,
    long writes,
    long deletes,
    long realtimeReads,
    long realtimeWrites) {

  static Counts of(MeterRegistry meters) {
    return new Counts(
        count(meters, "redis.round.trips"),
        count(meters, "firestore.reads"),
        count(meters, "firestore.writes"),
        count(meters, "firestore.deletes"),
        count(meters, "realtime.reads"),
        count(meters, "realtime.writes"));
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
        deletes - before.deletes,
        realtimeReads - before.realtimeReads,
        realtimeWrites - before.realtimeWrites);
  }
}
