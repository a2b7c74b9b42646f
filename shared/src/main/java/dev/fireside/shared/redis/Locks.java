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
          if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
            return 0
          end
          local now = redis.call('TIME')
          local token = now[1] * 1000000 + now[2]
          local last = tonumber(redis.call('GET', KEYS[2]) or '0')
          if token <= last then
            token = last + 1
          end
          redis.call('SET', KEYS[2], string.format('%.0f', token), 'PX', ARGV[3])
          return token
          """);
  private static final Script RELEASE =
      Script.of(
          """
          if redis.call('GET', KEYS[1]) == ARGV[1] then
            return redis.call('DEL', KEYS[1])
          end
          return 0
          """);

  /// The last token is remembered in case the server's clock is set back, not for ever.
  private static final Duration TOKEN_KEPT = Duration.ofDays(1);

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
            ACQUIRE,
            List.of(key, key + ":token"),
            List.of(
                owner,
                Long.toString(life.toMillis()),
                Long.toString(life.plus(TOKEN_KEPT).toMillis())));
    return token instanceof Long number && number > 0
        ? Optional.of(new Held(redis, key, owner, number))
        : Optional.empty();
  }

  /// A lock this process holds, until it is closed or expires.
  ///
  /// @param fencingToken grows with every holder of this lock, also when Redis has lost its data:
  ///   it is Redis' time in microseconds
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
