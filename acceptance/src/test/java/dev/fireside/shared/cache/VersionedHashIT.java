package dev.fireside.shared.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.process.RedisProcess;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.shared.Stores;
import dev.fireside.shared.cache.VersionedHash.Field;
import dev.fireside.shared.redis.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class VersionedHashIT {
  private static RedisProcess server;
  private static Redis redis;

  private final VersionedHash hash = new VersionedHash(redis, Duration.ofHours(1));
  private final String key = "h:" + Stores.prefix();

  @BeforeAll
  static void start() {
    server = RedisProcess.start();
    redis = Stores.redis(server.uri(), "v:", new SimpleMeterRegistry());
  }

  @AfterAll
  static void stop() {
    redis.close();
    server.close();
  }

  private Map<String, String> read(String... fields) {
    var batch = redis.batch();
    var values = hash.lookup(batch, key, List.of(fields));
    batch.run();
    var found = new HashMap<String, String>();
    for (int i = 0; i < fields.length; i++) {
      String value = values.get().get(i);
      if (value != null) {
        found.put(fields[i], value);
      }
    }
    return found;
  }

  private static Field field(long version) {
    return new Field(version, "v" + version);
  }

  @Test
  void keepsTheNewestWhateverTheOrder() {
    hash.apply(key, Map.of("a", field(2)));
    hash.apply(key, Map.of("a", field(1)));
    hash.apply(key, Map.of("a", new Field(2, "the same version again")));
    assertThat(read("a")).containsExactly(Map.entry("a", "v2"));

    hash.apply(key, Map.of("a", field(3), "b", field(1)));
    assertThat(read("a", "b", "c")).isEqualTo(Map.of("a", "v3", "b", "v1"));
  }

  @Test
  void endsAlikeForEveryOrderWithDuplicatesFromManyThreads() throws Exception {
    var writes = new ArrayList<Integer>();
    IntStream.rangeClosed(1, 60).forEach(version -> writes.addAll(List.of(version, version)));
    Collections.shuffle(writes, new Random(1));
    var next = new AtomicInteger();

    Calls.atOnce(
        writes.size(),
        _ -> hash.apply(key, Map.of("a", field(writes.get(next.getAndIncrement())))));

    assertThat(read("a")).containsExactly(Map.entry("a", "v60"));
  }

  @Test
  void valuesMayHoldAnything() {
    String odd = "|1|\n\"ü😀";
    hash.apply(key, Map.of("a", new Field(1, odd), "empty", new Field(1, "")));

    assertThat(read("a", "empty")).isEqualTo(Map.of("a", odd, "empty", ""));
  }

  @Test
  void livesFromItsFirstFieldOn() {
    hash.apply(key, Map.of("a", field(1)));
    redis.call(client -> client.pexpire(key, 60_000));
    hash.apply(key, Map.of("b", field(1)));

    assertThat(redis.<Long>call(client -> client.pttl(key))).isBetween(1L, 60_000L);
    assertThat(redis.<Long>call(client -> client.hlen(key))).isEqualTo(2);
  }

  @Test
  void writesThousandsOfFieldsOfSeveralHashes() {
    var fields = new HashMap<String, Field>();
    IntStream.range(0, 5_001).forEach(i -> fields.put("f" + i, field(i + 1)));

    assertThat(hash.applyAll(Map.of(key, fields, key + "2", Map.of("a", field(1))))).isTrue();

    assertThat(redis.<Long>call(client -> client.hlen(key))).isEqualTo(5_001);
    assertThat(redis.<Long>call(client -> client.hlen(key + "2"))).isEqualTo(1);
    assertThat(redis.<Long>call(client -> client.pttl(key))).isPositive();
  }

  @Test
  void nothingToWriteOrReadAsksNothing() {
    assertThat(hash.applyAll(Map.of())).isTrue();
    assertThat(hash.apply(key, Map.of())).isTrue();
    assertThat(read()).isEmpty();
    assertThat(read("a")).isEmpty();
  }

  @Test
  void tellsWhetherRedisHasIt() {
    server.kill();
    try {
      assertThat(hash.apply(key, Map.of("a", field(1)))).isFalse();
    } finally {
      server.restart();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(hash.apply(key, Map.of("a", field(1)))).isTrue());
  }
}
