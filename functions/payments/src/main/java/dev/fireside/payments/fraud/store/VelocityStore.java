package dev.fireside.payments.fraud.store;

import dev.fireside.payments.fraud.domain.Velocity;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.shared.redis.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How fast things happen: sliding windows in Redis, `velocity:{kind:who}`. They go by the times of
/// the events, and count each member once, so that a repeated delivery changes nothing.
public final class VelocityStore {
  private static final Script SCRIPT = Script.resource(VelocityStore.class, "velocity.lua");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LIFE = Duration.ofHours(25);

  private final Redis redis;

  public VelocityStore(Redis redis) {
    this.redis = redis;
  }

  /// Notes something and counts; empty while Redis is away.
  ///
  /// @param kind what is counted
  /// @param who the person, or the blind index of a card or device
  /// @param member names what happened
  /// @param at when, in milliseconds
  public Optional<Velocity> note(String kind, String who, String member, long at) {
    return run(kind, who, member, at);
  }

  /// Counts; empty while Redis is away.
  public Optional<Velocity> count(String kind, String who, long at) {
    return run(kind, who, "", at);
  }

  private Optional<Velocity> run(String kind, String who, String member, long at) {
    try {
      Object counts =
          redis.run(
              SCRIPT,
              List.of("velocity:{" + kind + ":" + who + "}"),
              List.of(
                  Long.toString(at),
                  member,
                  Long.toString(DAY.toMillis()),
                  Long.toString(LIFE.toSeconds())));
      return counts instanceof List<?> list
              && list.size() == 3
              && list.get(0) instanceof Long minute
              && list.get(1) instanceof Long hour
              && list.get(2) instanceof Long day
          ? Optional.of(new Velocity(minute, hour, day))
          : Optional.empty();
    } catch (RedisUnavailableException e) {
      return Optional.empty();
    }
  }
}
