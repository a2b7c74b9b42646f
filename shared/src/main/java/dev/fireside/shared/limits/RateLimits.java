package dev.fireside.shared.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.serialization.Mapper;
import io.github.bucket4j.redis.jedis.Bucket4jJedis.JedisBasedProxyManagerBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/// Token buckets shared by all instances over Redis (Bucket4j). While Redis is away each process
/// counts for itself: limits get looser by the number of instances, calls do not fail.
public final class RateLimits {
  private static final int LOCAL_BUCKETS_MAX = 10_000;
  private static final Duration KEPT_AFTER_FULL = Duration.ofSeconds(10);

  private final SharedBuckets buckets;
  private final ProxyManager<byte[]> shared;
  private final TimeMeter time;
  private final Cache<String, Bucket> local =
      Caffeine.newBuilder().maximumSize(LOCAL_BUCKETS_MAX).build();

  public RateLimits(Redis redis, Clock clock) {
    this.buckets = new SharedBuckets(redis);
    this.time = new ClockMeter(clock);
    this.shared =
        new JedisBasedProxyManagerBuilder<>(Mapper.BYTES, buckets)
            .clientClock(time)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_AFTER_FULL))
            .build();
  }

  /// Counts one call of `caller` against `budget`.
  public Decision take(Budget budget, String caller) {
    String key = "rate:" + budget.name() + ":" + caller;
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    try {
      Bucket bucket =
          shared
              .builder()
              .build(name, () -> BucketConfiguration.builder().addLimit(bandwidth(budget)).build());
      Decision decision = decision(budget, bucket.tryConsumeAndReturnRemaining(1));
      if (decision.remaining() == 0) {
        buckets.forget(name);
      }
      return decision;
    } catch (RedisUnavailableException e) {
      Bucket bucket =
          local.get(
              key,
              k ->
                  Bucket.builder()
                      .addLimit(bandwidth(budget))
                      .withCustomTimePrecision(time)
                      .build());
      return decision(budget, bucket.tryConsumeAndReturnRemaining(1));
    }
  }

  private static Bandwidth bandwidth(Budget budget) {
    return Bandwidth.builder()
        .capacity(budget.calls())
        .refillGreedy(budget.calls(), budget.per())
        .build();
  }

  private static Decision decision(Budget budget, ConsumptionProbe probe) {
    return new Decision(
        probe.isConsumed(),
        budget,
        probe.getRemainingTokens(),
        ceilSeconds(probe.getNanosToWaitForReset()),
        ceilSeconds(probe.getNanosToWaitForRefill()));
  }

  private static long ceilSeconds(long nanos) {
    return Math.ceilDiv(nanos, 1_000_000_000L);
  }

  /// Bucket4j's time, from our clock.
  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return Math.multiplyExact(clock.millis(), 1_000_000L);
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
