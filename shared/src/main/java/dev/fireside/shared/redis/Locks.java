package dev.fireside.shared.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Locks that spare double work. They expire, so a crash frees them; whoever writes under one
/// passes its fencing token on, so that a holder that slept past the expiry is refused
/// (<https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html>).
public final class Locks {
  private static final Script ACQUIRE =
      Script.of(
          """
          if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
            return redis.call('INCR', KEYS[2])
          end
          return 0
          """);
  private static final Script RELEASE =
      Script.of(
          """
          if redis.call('GET', KEYS[1]) == ARGV[1] then
            return redis.call('DEL', KEYS[1])
          end
          return 0
          """);

  private final Redis redis;

  public Locks(Redis redis) {
    this.redis = redis;
  }

  /// Takes the lock if it is free. Throws [RedisUnavailableException] while Redis is away.
  ///
  /// @param name what is locked
  /// @param life after which the lock frees itself
  public Optional<Held> tryAcquire(String name, Duration life) {
    String owner = UUID.randomUUID().toString();
    String key = "lock:{" + name + "}";
    Object token =
        redis.run(
            ACQUIRE, List.of(key, key + ":token"), List.of(owner, Long.toString(life.toMillis())));
    return token instanceof Long number && number > 0
        ? Optional.of(new Held(redis, key, owner, number))
        : Optional.empty();
  }

  /// A lock this process holds, until it is closed or expires.
  ///
  /// @param fencingToken grows with every holder of this lock while Redis keeps its data
  public record Held(Redis redis, String key, String owner, long fencingToken)
      implements AutoCloseable {
    @Override
    public void close() {
      redis.callOr(
          null,
          client -> {
            client.eval(RELEASE.source(), List.of(key), List.of(owner));
            return null;
          });
    }
  }
}
