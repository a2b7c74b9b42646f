package dev.fireside.shared.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.shared.redis.Script;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Token buckets shared by all instances over Redis: one script a call, which can go in a batch
/// with other reads. While Redis is away each process counts for itself: limits get looser by the
/// number of instances, calls do not fail.
public final class RateLimits {
  private static final int LOCAL_BUCKETS_MAX = 10_000;
  private static final Duration KEPT_AFTER_EMPTY = Duration.ofSeconds(10);

  /// The same as [Bucket], atomically: calls, milliseconds in which they leak, now, life of a
  /// bucket beyond its emptiness. Answers with whether the call is counted, and the bucket.
  private static final Script TAKE =
      Script.of(
          """
          local calls = ARGV[1] * 1000000
          local per, now = tonumber(ARGV[2]), tonumber(ARGV[3])
          local used, at = 0, now
          local state = redis.call('GET', KEYS[1])
          if state then
            local kept_used, kept_at = string.match(state, '^(%d+) (%d+)$')
            if kept_used then
              at = math.max(now, tonumber(kept_at))
              local leaked = (at - tonumber(kept_at)) * calls / per
              used = math.max(0, math.floor(tonumber(kept_used) - leaked))
            end
          end
          if used + 1000000 > calls then
            return {0, used, at}
          end
          used = used + 1000000
          redis.call('SET', KEYS[1], string.format('%.0f %.0f', used, at),
            'PX', string.format('%.0f', used * per / calls + ARGV[4]))
          return {1, used, at}
          """);

  private final Redis redis;
  private final Clock clock;
  private final Cache<String, AtomicReference<Bucket>> local =
      Caffeine.newBuilder().maximumSize(LOCAL_BUCKETS_MAX).build();

  public RateLimits(Redis redis, Clock clock) {
    this.redis = redis;
    this.clock = clock;
  }

  /// Counts one call of `caller` against `budget`.
  public Decision take(Budget budget, String caller) {
    Batch batch = redis.batch();
    Supplier<Decision> decision = take(batch, budget, caller);
    batch.runOrGiveUp();
    return decision.get();
  }

  /// Counts one call of `caller` against `budget` when the batch runs.
  public Supplier<Decision> take(Batch batch, Budget budget, String caller) {
    String key = "rate:" + budget.name() + ":" + caller;
    List<String> arguments =
        List.of(
            Long.toString(budget.calls()),
            Long.toString(budget.per().toMillis()),
            Long.toString(clock.millis()),
            Long.toString(KEPT_AFTER_EMPTY.toMillis()));
    var answer = batch.script(TAKE, List.of(key), arguments);
    return () -> {
      try {
        if (answer.get() instanceof List<?> values
            && values.get(0) instanceof Long allowed
            && values.get(1) instanceof Long used
            && values.get(2) instanceof Long at) {
          return new Bucket(used, at).decision(allowed == 1, budget);
        }
        throw new IllegalStateException("The script of rate limits answers otherwise");
      } catch (RedisUnavailableException e) {
        return takeLocally(budget, key);
      }
    };
  }

  private Decision takeLocally(Budget budget, String key) {
    long now = clock.millis();
    var kept = local.get(key, _ -> new AtomicReference<>(Bucket.empty(now)));
    while (true) {
      Bucket before = kept.get();
      Bucket current = before.at(now, budget);
      boolean allowed = current.hasRoom(budget);
      Bucket after = allowed ? current.plusCall() : current;
      if (kept.compareAndSet(before, after)) {
        return after.decision(allowed, budget);
      }
    }
  }
}
