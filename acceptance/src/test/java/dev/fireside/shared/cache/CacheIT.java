package dev.fireside.shared.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.process.RedisProcess;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.shared.Stores;
import dev.fireside.shared.redis.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CacheIT {
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final Duration FRESH = Duration.ofMinutes(1);

  private static RedisProcess server;

  record Thing(String name, int size) {}

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LocalClock clock = new LocalClock();
  private Redis redis;
  private Cache<Thing> cache;

  @BeforeAll
  static void start() {
    server = RedisProcess.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() {
    redis = Stores.redis(server.uri(), Stores.prefix(), meters);
    cache = new Cache<>(redis, meters, clock, "thing:{}:data", Thing.class, TTL, FRESH);
  }

  @AfterEach
  void disconnect() {
    redis.close();
  }

  private static Versioned<Thing> thing(long version) {
    return Versioned.of(version, new Thing("v" + version, (int) version));
  }

  private static Versioned<Thing> never(String key) {
    throw new AssertionError("loaded " + key);
  }

  private double count(String result) {
    return meters.counter("cache.gets", "cache", "thing:{}:data", "result", result).count();
  }

  @Test
  void loadsWhatItDoesNotHaveOnce() {
    assertThat(cache.get("a", key -> thing(1))).contains(new Thing("v1", 1));
    assertThat(cache.get("a", CacheIT::never)).contains(new Thing("v1", 1));

    assertThat(count("miss")).isEqualTo(1);
    assertThat(count("hit")).isEqualTo(1);
    assertThat(count("stale")).isZero();
  }

  @Test
  void remembersWhatIsNotThere() {
    assertThat(cache.get("none", key -> Versioned.absent(0))).isEmpty();
    assertThat(cache.get("none", CacheIT::never)).isEmpty();

    cache.put("none", thing(1));
    assertThat(cache.get("none", CacheIT::never)).contains(new Thing("v1", 1));
  }

  @Test
  void anOlderVersionNeverReplacesANewerOne() {
    cache.put("a", thing(2));
    cache.put("a", thing(1));
    cache.put("a", Versioned.absent(0));
    assertThat(cache.get("a", CacheIT::never)).contains(new Thing("v2", 2));

    cache.put("a", Versioned.absent(3));
    cache.put("a", thing(2));
    assertThat(cache.get("a", CacheIT::never)).isEmpty();
  }

  @Test
  void versionsOfMicrosecondsDifferByOne() {
    long version = 1_767_268_800_000_001L;
    cache.put("a", Versioned.of(version, new Thing("new", 1)));
    cache.put("a", Versioned.of(version - 1, new Thing("old", 1)));

    assertThat(cache.get("a", CacheIT::never)).contains(new Thing("new", 1));
  }

  @Test
  void slowReadersDoNotBringBackWhatWritersChanged() throws Exception {
    var truth = new AtomicLong();
    var other = new Cache<>(redis, meters, clock, "thing:{}:data", Thing.class, TTL, FRESH);
    Calls.atOnce(
        16,
        _ -> {
          for (int i = 0; i < 40; i++) {
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
              other.put("a", thing(truth.incrementAndGet()));
            } else if (ThreadLocalRandom.current().nextInt(10) == 0) {
              redis.call(client -> client.del("thing:a:data"));
            } else {
              cache.get(
                  "a",
                  key -> {
                    long seen = truth.get();
                    // A round trip in which others go on.
                    redis.call(client -> client.ping());
                    return thing(seen);
                  });
            }
          }
          return true;
        });
    long last = truth.incrementAndGet();
    other.put("a", thing(last));
    Calls.atOnce(8, _ -> cache.put("a", thing(ThreadLocalRandom.current().nextLong(last))));

    assertThat(cache.get("a", CacheIT::never).orElseThrow().size()).isEqualTo(last);
  }

  @Test
  void fiftyCallersWhoMissLoadOnce() throws Exception {
    var loads = new AtomicInteger();

    List<Optional<Thing>> answers =
        Calls.atOnce(
            50,
            _ ->
                cache.get(
                    "a",
                    key -> {
                      // All others have missed by now, or wait for this.
                      await().until(() -> count("miss") == 50);
                      return thing(loads.incrementAndGet());
                    }));

    assertThat(loads).hasValue(1);
    assertThat(answers).containsOnly(Optional.of(new Thing("v1", 1)));
  }

  @Test
  void whoWaitsFailsAsWhoLoadsAndTheNextTriesAgain() throws Exception {
    List<String> failures =
        Calls.atOnce(
            20,
            _ -> {
              try {
                cache.get(
                    "a",
                    key -> {
                      await().until(() -> count("miss") == 20);
                      throw new IllegalArgumentException("no luck");
                    });
                return "";
              } catch (RuntimeException e) {
                return e.getClass().getSimpleName() + " " + e.getMessage();
              }
            });

    assertThat(failures).containsOnly("IllegalArgumentException no luck");
    assertThat(cache.get("a", key -> thing(1))).isPresent();
  }

  @Test
  void anErrorOfTheLoaderLeavesNobodyWaiting() {
    assertThatThrownBy(() ->
            cache.get(
                "a",
                key -> {
                  throw new StackOverflowError("deep");
                }))
        .isInstanceOf(StackOverflowError.class);

    assertThat(cache.get("a", key -> thing(1))).isPresent();
  }

  @Test
  void loadsManyInOneCallAndAnswersInTheOrderAskedFor() {
    cache.put("c", thing(3));
    var asked = new ArrayList<Set<String>>();

    Map<String, Thing> found =
        cache.getAll(
            List.of("d", "c", "b", "a", "d"),
            keys -> {
              asked.add(keys);
              return Map.of("a", thing(1), "d", thing(4), "b", Versioned.absent(0));
            });

    assertThat(asked).containsExactly(Set.of("d", "b", "a"));
    assertThat(found.keySet()).containsExactly("d", "c", "a");
  }

  @Test
  void aLoaderThatForgetsAKeySaysItIsNotThere() {
    assertThat(cache.getAll(List.of("a"), keys -> Map.of())).isEmpty();
    assertThat(cache.get("a", CacheIT::never)).isEmpty();
  }

  @Test
  void servesWhatIsStaleAndRefreshesItBehind() throws Exception {
    cache.put("a", thing(1));
    clock.advance(FRESH.multipliedBy(2));
    var refreshing = new CountDownLatch(1);
    var loads = new AtomicInteger();
    Function<String, Versioned<Thing>> loader =
        key -> {
          loads.incrementAndGet();
          await().until(() -> refreshing.getCount() == 0);
          return thing(2);
        };

    List<Optional<Thing>> answers = Calls.atOnce(30, _ -> cache.get("a", loader));
    assertThat(answers).containsOnly(Optional.of(new Thing("v1", 1)));
    assertThat(count("stale")).isEqualTo(30);

    refreshing.countDown();
    await().untilAsserted(() -> assertThat(cache.get("a", loader)).contains(new Thing("v2", 2)));
    assertThat(loads).hasValue(1);
  }

  @Test
  void aRefreshThatFailsLeavesTheStaleEntry() {
    cache.put("a", thing(1));
    clock.advance(FRESH.multipliedBy(2));
    var tried = new AtomicInteger();

    for (int i = 0; i < 3; i++) {
      assertThat(
              cache.get(
                  "a",
                  key -> {
                    tried.incrementAndGet();
                    throw new IllegalStateException("the source is away");
                  }))
          .contains(new Thing("v1", 1));
    }
    await().untilAtomic(tried, org.hamcrest.Matchers.greaterThan(0));
  }

  @Test
  void aRefreshNoticesThatTheSourceIsGone() {
    cache.put("a", thing(5));
    clock.advance(FRESH.multipliedBy(2));

    await().untilAsserted(() -> assertThat(cache.get("a", key -> Versioned.absent(0))).isEmpty());
    cache.put("a", thing(6));
    assertThat(cache.get("a", CacheIT::never)).contains(new Thing("v6", 6));
  }

  @Test
  void livesAsLongAsToldGiveOrTakeATenth() {
    cache.putAll(
        IntStream.range(0, 200).boxed().collect(Collectors.toMap(i -> "k" + i, i -> thing(1))));

    var lives = new ArrayList<Long>();
    redis.pipeline(pipeline -> {
      var answers =
          IntStream.range(0, 200).mapToObj(i -> pipeline.pttl("thing:k" + i + ":data")).toList();
      pipeline.sync();
      answers.forEach(answer -> lives.add(answer.get()));
    });

    assertThat(lives)
        .allSatisfy(life ->
            assertThat(life)
                .isBetween((long) (TTL.toMillis() * 0.9) - 5_000, (long) (TTL.toMillis() * 1.1)));
    assertThat(Set.copyOf(lives)).hasSizeGreaterThan(150);
  }

  @Test
  void forgetsOneKey() {
    cache.putAll(Map.of("a", thing(1), "b", thing(2)));

    cache.invalidate("b");
    assertThat(cache.get("b", key -> thing(7))).contains(new Thing("v7", 7));
    assertThat(cache.get("a", CacheIT::never)).contains(new Thing("v1", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "|",
        "||",
        "1|",
        "1|x|{}",
        "1|99999999999999|{",
        "1|99999999999999|[]",
        "1|99999999999999|{\"size\": \"many\"}",
        "9|99999999999999|\"text\""
      })
  void loadsAnewWhatItCannotRead(String entry) {
    redis.call(client -> client.set("thing:a:data", entry));

    assertThat(cache.get("a", key -> thing(9))).contains(new Thing("v9", 9));
    assertThat(cache.get("a", CacheIT::never)).contains(new Thing("v9", 9));
  }

  @Test
  void aPeekLoadsAndWritesNothing() {
    assertThat(cache.peek("a")).isEmpty();
    assertThat(redis.<Boolean>call(client -> client.exists("thing:a:data"))).isFalse();

    cache.put("a", thing(1));
    assertThat(cache.peek("a")).contains(new Thing("v1", 1));
    assertThat(count("hit")).isEqualTo(1);

    cache.put("a", Versioned.absent(2));
    assertThat(cache.peek("a")).isEmpty();
    assertThat(count("miss")).isEqualTo(2);
  }

  @Test
  void aPeekDoesNotSeeWhatIsStale() {
    cache.put("a", thing(1));
    clock.advance(FRESH.multipliedBy(2));
    assertThat(cache.peek("a")).isEmpty();
  }

  @Test
  void aLookupSharesARoundTripWithOthers() {
    cache.putAll(Map.of("a", thing(1), "b", thing(2)));
    double before = meters.counter("redis.round.trips").count();

    var batch = redis.batch();
    Lookup<Thing> first = cache.lookup(batch, List.of("a"));
    Lookup<Thing> second = cache.lookup(batch, List.of("b", "c"));
    batch.run();

    assertThat(first.get(keys -> Map.of())).containsKey("a");
    assertThat(meters.counter("redis.round.trips").count() - before).isEqualTo(1);
    assertThat(second.get(keys -> Map.of("c", thing(3)))).containsOnlyKeys("b", "c");
  }

  @Test
  void whileRedisIsAwayEverythingIsLoadedAndNothingIsLost() {
    cache.put("a", thing(1));
    server.kill();
    try {
      var truth = new ConcurrentHashMap<>(Map.of("a", thing(2)));
      for (int i = 0; i < 20; i++) {
        assertThat(cache.get("a", truth::get)).contains(new Thing("v2", 2));
      }
      assertThat(cache.put("a", thing(3))).isFalse();
      cache.invalidate("a");
    } finally {
      server.restart();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(cache.put("a", thing(4))).isTrue());
    assertThat(cache.get("a", CacheIT::never)).contains(new Thing("v4", 4));
  }

  @Test
  void warmingTakesOneRoundTrip() {
    var all = new HashMap<String, Versioned<Thing>>();
    IntStream.range(0, 100).forEach(i -> all.put("w" + i, thing(i + 1)));
    double before = meters.counter("redis.round.trips").count();

    assertThat(cache.putAll(all)).isTrue();
    assertThat(cache.putAll(Map.of())).isTrue();

    assertThat(meters.counter("redis.round.trips").count() - before).isEqualTo(1);
    var loaded = new AtomicReference<Set<String>>(Set.of());
    cache.getAll(
        all.keySet(),
        keys -> {
          loaded.set(keys);
          return Map.of();
        });
    assertThat(loaded.get()).isEmpty();
  }
}
