package dev.fireside.shared.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.process.RedisCluster;
import dev.fireside.emulator.process.RedisProcess;
import dev.fireside.shared.Stores;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.cache.Versioned;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.limits.Budget;
import dev.fireside.shared.limits.RateLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

final class RedisClusterIT {
  private static RedisCluster cluster;
  private static Redis redis;

  @BeforeAll
  static void start() {
    cluster = RedisCluster.start();
    redis = connect(cluster.uri(), "c:");
  }

  @AfterAll
  static void stop() {
    redis.close();
    cluster.close();
  }

  private static Redis connect(URI uri, String prefix) {
    return Redis.connect(
        Config.from(
            Map.of(
                "REDIS_URL", uri.toString(), "REDIS_CLUSTER", "true", "REDIS_KEY_PREFIX", prefix)),
        new SimpleMeterRegistry());
  }

  /// The keys that one node holds.
  private static Set<String> keysOn(RedisProcess node) {
    try (Redis one = Stores.redis(node.uri(), "", new SimpleMeterRegistry())) {
      return one.call(client -> client.keys("*"));
    }
  }

  @Test
  void aBatchReachesEveryNodeAndKeepsItsOrder() {
    var writes = redis.batch();
    IntStream.range(0, 300).forEach(i -> writes.add(p -> p.set("k" + i, "v" + i)));
    writes.runChecked();

    var reads = redis.batch();
    List<Supplier<String>> answers =
        IntStream.range(0, 300).mapToObj(i -> reads.add(p -> p.get("k" + i))).toList();
    reads.run();

    assertThat(answers)
        .extracting(Supplier::get)
        .containsExactlyElementsOf(IntStream.range(0, 300).mapToObj(i -> "v" + i).toList());
    for (RedisProcess node : cluster.nodes()) {
      assertThat(keysOn(node)).isNotEmpty().allMatch(key -> key.startsWith("c:"));
    }
  }

  @Test
  void deletesByPrefixOnEveryNode() {
    redis.pipeline(p -> IntStream.range(0, 300).forEach(i -> p.set("gone:" + i, "x")));

    redis.unlinkPrefix("gone:");

    var left = new HashSet<String>();
    cluster.nodes().forEach(node -> left.addAll(keysOn(node)));
    assertThat(left).noneMatch(key -> key.startsWith("c:gone:"));
  }

  @Test
  void scriptsLocksAndLimitsStayInOneSlot() {
    var locks = new Locks(redis);
    for (int i = 0; i < 20; i++) {
      assertThat(locks.tryAcquire("job" + i, Duration.ofSeconds(5))).isPresent();
      assertThat(locks.tryAcquire("job" + i, Duration.ofSeconds(5))).isEmpty();
    }
    var limits = new RateLimits(redis, Clock.systemUTC());
    var budget = new Budget("cluster", 2, Duration.ofHours(1));
    for (int i = 0; i < 20; i++) {
      assertThat(limits.take(budget, "u" + i).allowed()).isTrue();
      assertThat(limits.take(budget, "u" + i).allowed()).isTrue();
      assertThat(limits.take(budget, "u" + i).allowed()).isFalse();
    }
    assertThat(cluster.nodes())
        .anySatisfy(node -> assertThat(keysOn(node)).contains("c:rate:cluster:u1"));
  }

  @Test
  void theCacheWorksOverAllSlots() {
    var cache =
        new Cache<>(
            redis,
            new SimpleMeterRegistry(),
            Clock.systemUTC(),
            "item:{}",
            String.class,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));
    Map<String, Versioned<String>> all =
        IntStream.range(0, 100)
            .boxed()
            .collect(Collectors.toMap(i -> "i" + i, i -> Versioned.of(1, "v" + i)));

    assertThat(cache.putAll(all)).isTrue();

    assertThat(
            cache.getAll(
                all.keySet(),
                missing -> {
                  throw new AssertionError("missing " + missing);
                }))
        .hasSize(100);
  }

  @Test
  void aBatchFollowsASlotThatMoves() {
    RedisProcess from = cluster.nodes().getFirst();
    RedisProcess to = cluster.nodes().getLast();
    String key = keyOf(from);
    redis.call(client -> client.set(key, "here"));
    redis.call(client -> client.del(key));
    int slot = JedisClusterCRC16.getSlot("c:" + key);
    move(slot, from, to);
    try {
      var batch = redis.batch();
      var moved = batch.add(pipeline -> pipeline.incrBy(key, 5));
      var stayed = batch.add(pipeline -> pipeline.set("k1", "v1"));
      batch.run();

      assertThat(moved.get()).isEqualTo(5);
      assertThat(stayed.get()).isEqualTo("OK");
      assertThat(keysOn(to)).contains("c:" + key);
    } finally {
      redis.call(client -> client.del(key));
      move(slot, to, from);
      redis.call(client -> client.get(key));
    }
  }

  private static void move(int slot, RedisProcess from, RedisProcess to) {
    String owner = id(to);
    for (RedisProcess node : List.of(to, from, cluster.nodes().get(1))) {
      try (var one = new redis.clients.jedis.Jedis(node.uri())) {
        one.clusterSetSlotNode(slot, owner);
      }
    }
  }

  private static String id(RedisProcess node) {
    try (var one = new redis.clients.jedis.Jedis(node.uri())) {
      return one.clusterMyId();
    }
  }

  private static String keyOf(RedisProcess node) {
    try (Redis one = Stores.redis(node.uri(), "c:", new SimpleMeterRegistry())) {
      return IntStream.range(0, 1_000)
          .mapToObj(i -> "moving" + i)
          .filter(key -> {
            try {
              one.call(client -> client.get(key));
              return true;
            } catch (JedisDataException e) {
              return false;
            }
          })
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aDeadNodeIsAnOutageAndNotAnEmptyAnswer() {
    RedisCluster own = RedisCluster.start();
    try (Redis client = connect(own.uri(), "")) {
      client.pipeline(p -> IntStream.range(0, 100).forEach(i -> p.set("k" + i, "v")));
      own.nodes().getLast().kill();

      var batch = client.batch();
      var answers = new HashMap<Integer, Supplier<String>>();
      IntStream.range(0, 100).forEach(i -> answers.put(i, batch.add(p -> p.get("k" + i))));
      assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(batch::run);
    } finally {
      own.close();
    }
  }

  @Test
  void aProcessStartsWhileTheClusterIsAway() {
    RedisProcess closed = RedisProcess.start();
    closed.close();
    try (Redis late = connect(closed.uri(), "")) {
      var limits = new RateLimits(late, Clock.systemUTC());

      assertThat(late.callOr("away", client -> client.get("a"))).isEqualTo("away");
      assertThat(limits.take(new Budget("x", 1, Duration.ofHours(1)), "u").allowed()).isTrue();
      await().until(() -> late.callOr("away", client -> client.get("a")).equals("away"));
    }
  }
}
