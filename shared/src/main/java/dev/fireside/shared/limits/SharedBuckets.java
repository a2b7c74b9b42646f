package dev.fireside.shared.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fireside.shared.redis.Redis;
import io.github.bucket4j.redis.jedis.RedisApi;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How Bucket4j reaches Redis: through our circuit breaker, and mostly in one round trip.
///
/// Bucket4j reads a bucket's state, and swaps it for the next one if nobody else has meanwhile. The
/// state that this process wrote last is remembered, which spares the reading: where it is not the
/// latest any more, the swap fails and Bucket4j starts over with a real read.
final class SharedBuckets implements RedisApi {
  private static final int REMEMBERED_MAX = 10_000;

  private final Redis redis;
  private final Cache<ByteBuffer, byte[]> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

  SharedBuckets(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Object eval(byte[] script, int keyCount, byte[]... keyAndArguments) {
    ByteBuffer key = ByteBuffer.wrap(keyAndArguments[0]);
    // Jedis puts the process's key prefix before keys that are given as such, not before an
    // array's.
    var all = List.of(keyAndArguments);
    Object swapped =
        redis.call(client ->
            client.eval(script, all.subList(0, keyCount), all.subList(keyCount, all.size())));
    if (swapped.equals(1L)) {
      // `key new ttl` where there was none, else `key old new ttl`.
      remembered.put(key, keyAndArguments[keyAndArguments.length - 2]);
    } else {
      remembered.invalidate(key);
    }
    return swapped;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    byte[] known = remembered.getIfPresent(ByteBuffer.wrap(key));
    return known == null ? redis.call(client -> client.get(key)) : known;
  }

  @Override
  public void delete(byte[] key) {
    forget(key);
    redis.call(client -> client.del(key));
  }

  /// Reads anew next time. An empty bucket must not be remembered: refusing changes nothing, so no
  /// swap would report that the bucket was filled or lost meanwhile.
  void forget(byte[] key) {
    remembered.invalidate(ByteBuffer.wrap(key));
  }
}
