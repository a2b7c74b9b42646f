package dev.fireside.presence.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.redis.Locks;
import dev.fireside.shared.redis.Redis;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Has one at a time count a person's connections, so that an older count is never published after
/// a newer one.
public final class CountTurns {
  private static final Duration LIFE = Duration.ofSeconds(30);

  /// A count that has taken so long is given up, well before its turn ends.
  private static final Duration COUNT_MAX = Duration.ofSeconds(20);

  private static final Duration WANTED_KEPT = Duration.ofHours(1);

  private final Redis redis;
  private final Locks locks;

  public CountTurns(Platform platform) {
    this.redis = platform.redis();
    this.locks = new Locks(platform.redis());
  }

  /// Returns once a count has run that began after this call, or whoever counts at the moment will
  /// do so once more: if they fail, their own event comes again.
  public void run(Uid uid, Runnable count) {
    String key = "presence:" + uid + ":wanted";
    redis.pipeline(pipeline -> {
      pipeline.incr(key);
      pipeline.expire(key, WANTED_KEPT.toSeconds());
    });
    @Nullable String counted;
    do {
      Optional<Locks.Held> turn = locks.tryAcquire("presence:" + uid, LIFE);
      if (turn.isEmpty()) {
        return;
      }
      try (var _ = turn.get()) {
        counted = wanted(key);
        Errand.current().within(COUNT_MAX).run(count);
      }
    } while (!Objects.equals(counted, wanted(key)));
  }

  private @Nullable String wanted(String key) {
    return redis.<@Nullable String>call(client -> client.get(key));
  }
}
