package dev.fireside.shared.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.process.RedisProcess;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.shared.Stores;
import dev.fireside.shared.redis.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RateLimitsIT {
  private static final Budget TEN = new Budget("ten", 10, Duration.ofMinutes(10));
  private static final String PREFIX = "r:";

  private static RedisProcess server;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LocalClock clock = new LocalClock();
  private final String caller = "u" + Stores.prefix().substring(0, 8);
  private Redis redis;
  private RateLimits limits;

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
    clock.stopAt(Instant.now());
    redis = Stores.redis(server.uri(), PREFIX, meters);
    limits = new RateLimits(redis, clock);
  }

  private long allowed(RateLimits by, int times) {
    return IntStream.range(0, times).filter(i -> by.take(TEN, caller).allowed()).count();
  }

  @Test
  void allowsTheBudgetAndTellsWhatIsLeft() {
    Decision first = limits.take(TEN, caller);
    assertThat(first).isEqualTo(new Decision(true, TEN, 9, 60, 0));

    assertThat(allowed(limits, 9)).isEqualTo(9);
    Decision refused = limits.take(TEN, caller);
    assertThat(refused).isEqualTo(new Decision(false, TEN, 0, 600, 60));
  }

  @Test
  void refillsSteadily() {
    assertThat(allowed(limits, 11)).isEqualTo(10);

    clock.advance(Duration.ofSeconds(59));
    assertThat(allowed(limits, 1)).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(allowed(limits, 2)).isEqualTo(1);
    clock.advance(Duration.ofHours(1));
    assertThat(allowed(limits, 11)).isEqualTo(10);
  }

  @Test
  void callersAndBudgetsAreCountedApart() {
    assertThat(allowed(limits, 11)).isEqualTo(10);

    assertThat(limits.take(TEN, caller + "2").allowed()).isTrue();
    assertThat(limits.take(new Budget("other", 1, Duration.ofMinutes(1)), caller).allowed())
        .isTrue();
    assertThat(redis.<Set<String>>call(client -> client.keys("*")))
        .contains(PREFIX + "rate:ten:" + caller);
  }

  @Test
  void twoClientsShareABucketExactlyUnderContention() throws Exception {
    try (Redis second = Stores.redis(server.uri(), PREFIX, new SimpleMeterRegistry())) {
      var others = new RateLimits(second, clock);
      var budget = new Budget("contended", 150, Duration.ofHours(1));

      List<Boolean> answers =
          Calls.atOnce(
              200,
              _ ->
                  (Thread.currentThread().threadId() % 2 == 0 ? limits : others)
                      .take(budget, caller)
                      .allowed());

      assertThat(answers).filteredOn(allowed -> allowed).hasSize(150);
    }
  }

  @Test
  void twoProcessesShareABucket() throws Exception {
    var here = new RateLimits(redis, Clock.systemUTC());
    assertThat(allowed(here, 4)).isEqualTo(4);

    assertThat(OtherProcess.take(server.uri(), caller, 20)).isEqualTo(6);

    assertThat(allowed(here, 1)).isZero();
  }

  @Test
  void aLimitThatChangesAppliesAtOnce() {
    assertThat(allowed(limits, 11)).isEqualTo(10);

    var raised = new Budget(TEN.name(), 30, TEN.per());
    Decision decision = limits.take(raised, caller);
    assertThat(decision.allowed()).isTrue();
    assertThat(decision.remaining()).isEqualTo(19);

    assertThat(limits.take(new Budget(TEN.name(), 11, TEN.per()), caller).allowed()).isFalse();
  }

  @Test
  void aStateThatIsNoneOfOursIsAFullBucket() {
    redis.call(client -> client.set("rate:ten:" + caller, "what another version wrote"));

    assertThat(allowed(limits, 11)).isEqualTo(10);
  }

  @Test
  void goesInABatchWithOtherReads() {
    limits.take(TEN, caller);
    double before = meters.counter("redis.round.trips").count();
    var batch = redis.batch();
    var first = limits.take(batch, TEN, caller);
    var second = limits.take(batch, TEN, caller);
    var other = batch.texts(List.of("nothing"));
    batch.run();

    assertThat(first.get().remaining()).isEqualTo(8);
    assertThat(second.get().remaining()).isEqualTo(7);
    assertThat(other.getFirst().get()).isNull();
    assertThat(meters.counter("redis.round.trips").count() - before).isEqualTo(1);
  }

  @Test
  void takesOneRoundTrip() {
    limits.take(TEN, caller);
    double before = meters.counter("redis.round.trips").count();

    assertThat(allowed(limits, 5)).isEqualTo(5);

    assertThat(meters.counter("redis.round.trips").count() - before).isEqualTo(5);
  }

  @Test
  void aLostBucketIsFullAgain() {
    assertThat(allowed(limits, 5)).isEqualTo(5);
    redis.call(client -> client.flushAll());
    assertThat(allowed(limits, 11)).isEqualTo(10);

    redis.call(client -> client.flushAll());
    assertThat(allowed(limits, 10)).isEqualTo(10);
    redis.call(client -> client.flushAll());
    assertThat(allowed(limits, 1)).isEqualTo(1);
  }

  @Test
  void aFullBucketIsNotKept() {
    limits.take(TEN, caller);

    assertThat(redis.<Long>call(client -> client.pttl("rate:ten:" + caller)))
        .isBetween(1L, Duration.ofSeconds(75).toMillis());
  }

  @Test
  void whileRedisIsAwayEachProcessCountsForItself() {
    assertThat(allowed(limits, 5)).isEqualTo(5);
    server.kill();
    try {
      assertThat(allowed(limits, 15)).isEqualTo(10);
      Decision refused = limits.take(TEN, caller);
      assertThat(refused.retryAfterSeconds()).isEqualTo(60);
      clock.advance(Duration.ofSeconds(60));
      assertThat(allowed(limits, 2)).isEqualTo(1);
    } finally {
      server.restart();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(redis.<String>callOr("", c -> c.ping())).isEqualTo("PONG"));
    assertThat(allowed(limits, 11)).isEqualTo(10);
  }

  /// A process that counts calls, and prints how many it may do.
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] args) {
      try (Redis redis = Stores.redis(URI.create(args[0]), PREFIX, new SimpleMeterRegistry())) {
        var limits = new RateLimits(redis, Clock.systemUTC());
        int times = Integer.parseInt(args[2]);
        System.out.println(
            "allowed="
                + IntStream.range(0, times)
                    .filter(i -> limits.take(TEN, args[1]).allowed())
                    .count());
      }
    }

    static int take(URI redis, String caller, int times) throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherProcess.class.getName(),
                  redis.toString(),
                  caller,
                  Integer.toString(times))
              .redirectErrorStream(true)
              .start();
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        List<String> lines = out.lines().toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return lines.stream()
            .filter(line -> line.startsWith("allowed="))
            .map(line -> Integer.valueOf(line.substring("allowed=".length())))
            .findFirst()
            .orElseThrow(() -> new AssertionError(String.join("\n", lines)));
      }
    }
  }
}
