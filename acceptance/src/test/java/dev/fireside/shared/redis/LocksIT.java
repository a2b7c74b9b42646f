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
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LocksIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  private static RedisProcess server;
  private static Redis redis;

  private final Locks locks = new Locks(redis);

  @BeforeAll
  static void start() {
    server = RedisProcess.start();
    redis = Stores.redis(server.uri(), "l:", new SimpleMeterRegistry());
  }

  @AfterAll
  static void stop() {
    redis.close();
    server.close();
  }

  @Test
  void oneOfManyGetsTheLock() throws Exception {
    List<Optional<Locks.Held>> tries = Calls.atOnce(50, _ -> locks.tryAcquire("one", LONG));

    assertThat(tries).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Test
  void theFencingTokenGrowsWithEveryHolderEvenWhenRedisForgets() {
    long last = 0;
    for (int i = 0; i < 20; i++) {
      try (var held = locks.tryAcquire("fenced", LONG).orElseThrow()) {
        assertThat(held.fencingToken()).isGreaterThan(last).isLessThan(1L << 53);
        last = held.fencingToken();
      }
      if (i == 10) {
        redis.unlinkPrefix("");
      }
    }
  }

  @Test
  void closingFreesTheLock() {
    locks.tryAcquire("closed", LONG).orElseThrow().close();

    assertThat(locks.tryAcquire("closed", LONG)).isPresent();
  }

  @Test
  void theLockFreesItselfAndItsLateHolderFreesNobodyElses() {
    Locks.Held late = locks.tryAcquire("slow", Duration.ofMillis(30)).orElseThrow();
    Locks.Held next =
        await()
            .pollInterval(Duration.ofMillis(5))
            .until(() -> locks.tryAcquire("slow", LONG), Optional::isPresent)
            .orElseThrow();

    late.close();

    assertThat(next.fencingToken()).isGreaterThan(late.fencingToken());
    assertThat(locks.tryAcquire("slow", LONG)).isEmpty();
  }

  @Test
  void locksOfOtherNamesAreFree() {
    assertThat(locks.tryAcquire("a", LONG)).isPresent();
    assertThat(locks.tryAcquire("b", LONG)).isPresent();
  }

  @Test
  void nothingIsKeptForEver() {
    assertThat(locks.tryAcquire("kept", LONG)).isPresent();

    assertThat(redis.<Long>call(client -> client.pttl("lock:{kept}:token")))
        .isBetween(1L, Duration.ofDays(2).toMillis());
  }

  @Test
  void whileRedisIsAwayThereIsNoLockAndClosingIsNoError() {
    Locks.Held held = locks.tryAcquire("away", LONG).orElseThrow();
    server.kill();
    try {
      held.close();
      assertThatExceptionOfType(RedisUnavailableException.class)
          .isThrownBy(() -> locks.tryAcquire("away", LONG));
    } finally {
      server.restart();
    }
    await()
        .ignoreException(RedisUnavailableException.class)
        .until(() -> locks.tryAcquire("again", LONG).isPresent());
  }
}
