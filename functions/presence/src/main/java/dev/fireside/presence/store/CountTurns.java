package dev.fireside.presence.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.redis.Locks;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Has one at a time count a person's connections, so that an older count is never published after
/// a newer one.
public final class CountTurns {
  private static final Duration LIFE = Duration.ofSeconds(15);

  /// A count that has taken so long is given up, well before its turn ends.
  private static final Duration COUNT_MAX = Duration.ofSeconds(10);

  private static final String KEPT_MILLIS = Long.toString(Duration.ofHours(1).toMillis());
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private static final Script WANT =
      Script.of(
          """
          local wanted = redis.call('HINCRBY', KEYS[1], 'wanted', 1)
          redis.call('PEXPIRE', KEYS[1], ARGV[1])
          return wanted
          """);

  /// Where the numbers were lost meanwhile, they have begun anew.
  private static final Script COUNTED =
      Script.of(
          """
          if tonumber(redis.call('HGET', KEYS[1], 'wanted') or '0') >= tonumber(ARGV[1]) then
            redis.call('HSET', KEYS[1], 'counted', ARGV[1])
          end
          """);

  private final Redis redis;
  private final Locks locks;

  public CountTurns(Platform platform) {
    this.redis = platform.redis();
    this.locks = new Locks(platform.redis());
  }

  /// Returns once a count has run that began after this call, by this thread or another; waits for
  /// that. Whoever is killed while they count has their turn until it is over.
  public void run(Uid uid, Runnable count) {
    String key = "presence:" + uid + ":counts";
    long wanted = number(redis.run(WANT, List.of(key), List.of(KEPT_MILLIS)));
    while (field(key, "counted") < wanted) {
      Errand.current().check();
      Optional<Locks.Held> turn = locks.tryAcquire("presence:" + uid, LIFE);
      if (turn.isPresent()) {
        try (var _ = turn.get()) {
          countAlone(key, count);
        }
        return;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private void countAlone(String key, Runnable count) {
    long wanted = field(key, "wanted");
    Errand.current().within(COUNT_MAX).run(count);
    redis.run(COUNTED, List.of(key), List.of(Long.toString(wanted)));
  }

  private long field(String key, String name) {
    return number(redis.call(client -> Optional.ofNullable(client.hget(key, name)).orElse("0")));
  }

  private static long number(@Nullable Object answer) {
    return Long.parseLong(String.valueOf(answer));
  }
}
