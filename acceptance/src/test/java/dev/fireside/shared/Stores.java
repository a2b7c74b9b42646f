package dev.fireside.shared;

import dev.fireside.shared.config.Config;
import dev.fireside.shared.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/// What tests of the stores share.
public final class Stores {
  private Stores() {}

  /// A client of its own, with a key prefix.
  public static Redis redis(URI uri, String prefix, MeterRegistry meters) {
    return Redis.connect(
        Config.from(Map.of("REDIS_URL", uri.toString(), "REDIS_KEY_PREFIX", prefix)), meters);
  }

  /// A prefix that no other test has.
  public static String prefix() {
    return UUID.randomUUID().toString().substring(0, 8) + ":";
  }
}
