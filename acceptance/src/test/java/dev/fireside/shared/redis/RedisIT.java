package dev.fireside.shared.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.process.RedisProcess;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.shared.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.Tuple;

final class RedisIT {
  private static final Script ADD = Script.of("return redis.call('INCRBY', KEYS[1], ARGV[1])");

  private static RedisProcess server;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Redis raw;
  private Redis redis;

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
    raw = Stores.redis(server.uri(), "", new SimpleMeterRegistry());
    redis = Stores.redis(server.uri(), "p*1:", meters);
  }

  @AfterEach
  void disconnect() {
    raw.call(client -> client.flushAll());
    raw.close();
    redis.close();
  }

  private double roundTrips() {
    return meters.counter("redis.round.trips").count();
  }

  @Test
  void batchesOfManyThreadsEachGetTheirOwnAnswers() {
    List<Boolean> right =
        Calls.atOnce(
            300,
            number -> {
              var batch = redis.batch();
              batch.add(pipeline -> pipeline.set("k" + number, "v" + number));
              var text = batch.add(pipeline -> pipeline.get("k" + number));
              var script = batch.script(ADD, List.of("n" + number), List.of("" + number));
              batch.run();
              return text.get().equals("v" + number) && Long.valueOf(number).equals(script.get());
            });

    assertThat(right).hasSize(300).containsOnly(true);
  }

  @Test
  void aBatchThatCannotBeSentFailsAlone() {
    redis.call(client -> client.set("key", "value"));

    List<String> outcomes =
        Calls.atOnce(
            200,
            number -> {
              boolean broken = number % 10 == 0;
              var batch = redis.batch();
              var text = batch.add(pipeline -> pipeline.get("key"));
              if (broken) {
                batch.add(pipeline -> {
                  throw new IllegalArgumentException("broken");
                });
              }
              try {
                batch.run();
                return text.get();
              } catch (IllegalArgumentException e) {
                return String.valueOf(e.getMessage());
              }
            });

    assertThat(outcomes).filteredOn("broken"::equals).hasSize(20);
    assertThat(outcomes).filteredOn("value"::equals).hasSize(180);
  }

  @Test
  void batchesOfManyThreadsAllFailWhileRedisIsAwayAndGoOnAfterwards() {
    server.kill();
    try {
      List<Boolean> failed =
          Calls.atOnce(
              100,
              _ -> {
                var batch = redis.batch();
                batch.add(pipeline -> pipeline.get("key"));
                try {
                  batch.run();
                  return false;
                } catch (RedisUnavailableException e) {
                  return true;
                }
              });
      assertThat(failed).hasSize(100).containsOnly(true);
    } finally {
      server.restart();
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreException(RedisUnavailableException.class)
        .untilAsserted(() -> {
          var batch = redis.batch();
          var text = batch.add(pipeline -> pipeline.get("key"));
          batch.runOrGiveUp();
          assertThat(text.get()).isNull();
        });
  }

  @Test
  void putsThePrefixBeforeTheKeysOfEveryKindOfCall() {
    redis.call(client -> client.set("single", "1"));
    redis.pipeline(pipeline -> pipeline.set("piped", "2"));
    redis.run(ADD, List.of("script"), List.of("3"));
    redis.call(client -> client.eval(ADD.source(), List.of("eval"), List.of("4")));
    var batch = redis.batch();
    batch.add(pipeline -> pipeline.zadd("batched", 1, "a"));
    batch.run();

    assertThat(raw.<Set<String>>call(client -> client.keys("*")))
        .containsExactlyInAnyOrder(
            "p*1:single", "p*1:piped", "p*1:script", "p*1:eval", "p*1:batched");
    assertThat(redis.<List<String>>call(client -> client.mget("single", "piped", "script", "eval")))
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void countsOneRoundTripForEachCallHoweverLong() {
    redis.call(client -> client.get("a"));
    assertThat(roundTrips()).isEqualTo(1);

    var batch = redis.batch();
    var answers = IntStream.range(0, 100).mapToObj(i -> batch.add(p -> p.incr("counter"))).toList();
    batch.run();
    assertThat(roundTrips()).isEqualTo(2);
    assertThat(answers.getLast().get()).isEqualTo(100);

    redis.batch().run();
    assertThat(roundTrips()).as("an empty batch asks nothing").isEqualTo(2);
  }

  @Test
  void loadsAScriptAgainThatTheServerHasForgotten() {
    assertThat(redis.run(ADD, List.of("n"), List.of("2"))).isEqualTo(2L);
    raw.call(client -> client.scriptFlush("any"));

    assertThat(redis.run(ADD, List.of("n"), List.of("3"))).isEqualTo(5L);
    assertThat(redis.run(ADD, List.of("n"), List.of("1"))).isEqualTo(6L);
  }

  @Test
  void deletesByPrefixOnlyWhatStartsWithItLiterally() {
    for (String key : List.of("user:a:x", "user:ab:x", "user:b:x", "user:*:x", "user:[a]:x")) {
      redis.call(client -> client.set(key, "1"));
    }
    raw.call(client -> client.set("user:a:x", "another process's"));
    raw.call(client -> client.set("pp1:user:a:x", "another prefix's"));

    redis.unlinkPrefix("user:a");
    assertThat(keys()).containsExactlyInAnyOrder("user:b:x", "user:*:x", "user:[a]:x");

    redis.unlinkPrefix("user:[a]");
    redis.unlinkPrefix("user:*");
    assertThat(keys()).containsExactly("user:b:x");
    assertThat(raw.<Set<String>>call(client -> client.keys("*"))).hasSize(3);
  }

  @Test
  void deletesThousandsOfKeysInFewRoundTrips() {
    redis.pipeline(
        pipeline -> IntStream.range(0, 5_000).forEach(i -> pipeline.set("many:" + i, "x")));
    redis.call(client -> client.set("other", "x"));
    double before = roundTrips();

    redis.unlinkPrefix("many:");

    assertThat(keys()).containsExactly("other");
    assertThat(roundTrips() - before).isLessThan(40);
  }

  private List<String> keys() {
    return raw.call(client -> client.keys("p[*]1:*")).stream()
        .map(key -> key.substring("p*1:".length()))
        .toList();
  }

  @Test
  void readsScoresAndScansAsItWroteThem() {
    redis.call(client -> client.zadd("z", 1.5, "a"));
    redis.call(client -> client.hset("h", "f", "v"));

    assertThat(redis.<List<Tuple>>call(client -> client.zrangeWithScores("z", 0, -1)))
        .containsExactly(new Tuple("a", 1.5));
    assertThat(redis.<Map<String, String>>call(client -> client.hgetAll("h")))
        .containsEntry("f", "v");
  }

  @Test
  void aWrongCommandIsNoOutage() {
    redis.call(client -> client.set("text", "x"));
    for (int i = 0; i < 20; i++) {
      assertThatExceptionOfType(JedisDataException.class)
          .isThrownBy(() -> redis.call(client -> client.incr("text")));
    }

    assertThat(redis.isAvailable()).isTrue();
    assertThat(redis.callOr("?", client -> client.get("text"))).isEqualTo("x");
  }

  @Test
  void aServerThatCannotWorkIsAnOutage() {
    for (String answer : List.of("LOADING Redis is loading", "READONLY x", "OOM x", "BUSY x")) {
      assertThat(Redis.isOutage(new JedisDataException(answer))).isTrue();
    }
    for (String answer : List.of("WRONGTYPE x", "ERR LOADING", "")) {
      assertThat(Redis.isOutage(new JedisDataException(answer))).isFalse();
    }
  }

  @Test
  void aFullServerKeepsNothingAndSaysSo() {
    raw.call(client -> client.configSet("maxmemory", "1"));
    try {
      var batch = redis.batch();
      batch.add(pipeline -> pipeline.set("a", "b"));
      assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(batch::runChecked);
      assertThat(redis.callOr("fallback", client -> client.set("a", "b"))).isEqualTo("fallback");
      assertThat(redis.<Boolean>call(client -> client.exists("a"))).as("reads go on").isFalse();
    } finally {
      raw.call(client -> client.configSet("maxmemory", "0"));
    }
  }

  @Test
  void aDeadRedisIsHardlyAskedAndComesBackByItself() {
    Calls.atOnce(16, _ -> redis.call(client -> client.set("a", "b")));
    server.kill();
    for (int i = 0; i < 10; i++) {
      assertThat(redis.callOr("fallback", client -> client.get("a"))).isEqualTo("fallback");
    }

    assertThat(redis.isAvailable()).isFalse();
    double asked = roundTrips();
    for (int i = 0; i < 1_000; i++) {
      redis.callOr(null, client -> client.get("a"));
    }
    // One may try whether it is there again.
    assertThat(roundTrips() - asked).isLessThan(10);
    var batch = redis.batch();
    batch.add(pipeline -> pipeline.get("a"));
    assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(batch::run);

    server.restart();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> assertThat(redis.<String>callOr(null, c -> c.set("a", "c"))).isEqualTo("OK"));
    await().until(redis::isAvailable);
    assertThat(Calls.atOnce(16, _ -> redis.call(client -> client.get("a")))).containsOnly("c");
  }

  @Test
  void aProcessStartsWhileRedisIsAway() {
    server.kill();
    try (Redis late = Stores.redis(server.uri(), "late:", new SimpleMeterRegistry())) {
      assertThat(late.callOr("away", client -> client.get("a"))).isEqualTo("away");
      server.restart();
      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(
              () -> assertThat(late.<String>callOr(null, c -> c.set("a", "b"))).isEqualTo("OK"));
    } finally {
      server.restart();
    }
  }

  @Test
  void aBatchRunsOnceAndIsReadAfterwards() {
    var batch = redis.batch();
    var answer = batch.add(pipeline -> pipeline.incr("n"));
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(answer::get);

    batch.run();

    assertThat(answer.get()).isEqualTo(1);
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(batch::run);
  }
}
