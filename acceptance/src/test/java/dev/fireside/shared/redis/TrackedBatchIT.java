package dev.fireside.shared.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fireside.emulator.process.RedisProcess;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.shared.Stores;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.Evidence;
import dev.fireside.shared.load.Noted;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/// Whether it is known of what was read that it has changed.
final class TrackedBatchIT {
  private static RedisProcess server;

  private Redis other;
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
    other = Stores.redis(server.uri(), "p:", new SimpleMeterRegistry());
    redis = Stores.redis(server.uri(), "p:", new SimpleMeterRegistry());
    other.call(client -> client.set("a", "1"));
    other.call(client -> client.hset("h", "field", "1"));
  }

  @AfterEach
  void disconnect() {
    try (var admin = new Jedis(server.uri())) {
      admin.flushAll();
    }
    other.close();
    redis.close();
  }

  private Noted<String> read(String key) {
    return Noted.of(() -> {
      Batch batch = redis.batch();
      Supplier<String> text = batch.texts(List.of(key)).getFirst();
      batch.run();
      return String.valueOf(text.get());
    });
  }

  /// Whether the evidence holds as of now.
  private boolean holds(Evidence evidence) {
    Batch batch = redis.batch();
    batch.track();
    batch.add(pipeline -> pipeline.get("something else"));
    batch.run();
    assertThat(batch.isTracked()).isTrue();
    return evidence.holds();
  }

  @Test
  void evidenceHoldsUntilWhatWasReadChanges() {
    Noted<String> a = read("a");
    Noted<String> absent = read("absent");
    Evidence both = new Evidence();
    both.include(a.evidence());
    both.include(absent.evidence());
    assertThat(holds(both)).isTrue();

    other.call(client -> client.set("unrelated", "2"));
    assertThat(holds(both)).isTrue();

    other.call(client -> client.set("absent", "there now"));
    assertThat(holds(a.evidence())).isTrue();
    assertThat(holds(absent.evidence())).isFalse();
    assertThat(holds(both)).isFalse();
    assertThat(holds(read("absent").evidence())).isTrue();
  }

  @Test
  void whatThisProcessWritesIsAChangeToo() {
    Noted<String> a = read("a");
    Batch batch = redis.batch();
    batch.track();
    batch.add(pipeline -> pipeline.set("a", "2"));
    batch.run();

    assertThat(holds(a.evidence())).isFalse();
    assertThat(read("a").value()).isEqualTo("2");
  }

  @Test
  void aLongerLifeIsNoEvidence() {
    Noted<Boolean> living =
        Noted.of(() -> {
          Batch batch = redis.batch();
          batch.add(pipeline -> pipeline.pexpire("h", 60_000));
          var fields = batch.add(pipeline -> pipeline.hmget("h", "field"));
          batch.run();
          return fields.get().contains("1");
        });

    assertThat(living.value()).isTrue();
    assertThat(holds(living.evidence())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLUSHALL", "CLIENT KILL TYPE normal", "restart"})
  void evidenceIsLostWithTheDataAndWithTheConnection(String how) {
    Noted<String> a = read("a");
    assertThat(holds(a.evidence())).isTrue();
    switch (how) {
      case "FLUSHALL" -> other.call(client -> client.flushAll());
      case "restart" -> {
        server.kill();
        server.restart();
      }
      default -> {
        try (var admin = new Jedis(server.uri())) {
          admin.sendCommand(Command.CLIENT, "KILL", "TYPE", "normal");
        }
      }
    }
    if (!how.equals("FLUSHALL")) {
      assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(() -> read("b"));
      assertThat(a.evidence().holds()).isFalse();
    }

    assertThat(holds(a.evidence())).isFalse();
    assertThat(holds(read("a").evidence())).isTrue();
  }

  @Test
  void evidenceIsSpoiledByWhatNobodyReports() {
    Noted<String> a =
        Noted.of(() -> {
          Noted<String> reported = read("a");
          return reported.use() + redis.call(client -> client.get("a"));
        });

    assertThat(holds(a.evidence())).isFalse();
  }

  @Test
  void whatIsReadForNobodyIsReadAsEver() {
    Batch batch = redis.batch();
    Supplier<String> text = batch.texts(List.of("a")).getFirst();
    batch.run();

    assertThat(text.get()).isEqualTo("1");
    assertThat(batch.isTracked()).isFalse();
    assertThat(Errand.current().evidence()).isNull();
  }

  @Test
  void aServerThatReportsNothingIsReadAllTheSame() {
    try (var admin = new Jedis(server.uri())) {
      admin.aclSetUser("plain", "on", ">secret", "~*", "+@all", "-client");
    }
    URI uri = URI.create("redis://plain:secret@" + server.uri().getAuthority());
    try (Redis plain = Stores.redis(uri, "p:", new SimpleMeterRegistry())) {
      Noted<String> a =
          Noted.of(() -> {
            Batch batch = plain.batch();
            Supplier<String> text = batch.texts(List.of("a")).getFirst();
            batch.run();
            assertThat(batch.isTracked()).isFalse();
            return String.valueOf(text.get());
          });

      assertThat(a.value()).isEqualTo("1");
      assertThat(a.evidence().holds()).isFalse();
    }
  }

  /// The promise of it: what was acknowledged before a batch was sent is known once it has run.
  @Test
  void nothingIsTakenForUnchangedThatAWriteHasChangedBefore() {
    var written = new AtomicLong();
    other.call(client -> client.set("n", "0"));

    List<Long> outcomes =
        Calls.atOnce(
            6,
            number -> {
              long kept = 0;
              for (int i = 0; i < 1_000; i++) {
                if (number == 0) {
                  long next = written.get() + 1;
                  other.call(client -> client.set("n", Long.toString(next)));
                  written.set(next);
                  continue;
                }
                Noted<String> n = read("n");
                for (int again = 0; again < 3; again++) {
                  long floor = written.get();
                  if (holds(n.evidence())) {
                    kept++;
                    assertThat(Long.parseLong(n.value())).isGreaterThanOrEqualTo(floor);
                  }
                }
              }
              return kept;
            });

    assertThat(outcomes.stream().mapToLong(kept -> kept).sum()).isPositive();
  }
}
