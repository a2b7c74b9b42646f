package dev.fireside.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What remains when connections die unseen, stores lose their data, or people go.
class HealIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Devices devices = new Devices(fireside);

  @BeforeEach
  void begin() {
    devices.people("ada", "bob");
    devices.follow("bob", "ada");
    fireside.settle();
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private void sweepAfter(Duration time) {
    fireside.clock().advance(time);
    fireside.fire("presence-sweep");
    fireside.settle();
  }

  @Test
  void aConnectionThatIsNotHeardOfAnyMoreIsRemoved() {
    devices.connect("ada", "phone");
    fireside.settle();
    long heard = devices.at("status/ada/phone/at").asLong();

    sweepAfter(Duration.ofMinutes(10));
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");

    sweepAfter(Duration.ofMinutes(10));
    assertThat(devices.seen("bob", "ada")).isEqualTo("offline");
    assertThat(devices.at("status/ada").isNull()).isTrue();
    // Not when that was found out.
    assertThat(devices.at("presence/ada/lastSeen").asLong()).isBetween(heard, heard + 60_000);
  }

  @Test
  void whoIsHeardOfStays() {
    devices.connect("ada", "phone");
    fireside.settle();
    fireside.clock().advance(Duration.ofMinutes(20));
    devices
        .database()
        .update(Map.of("status/ada/phone/at", fireside.clock().instant().toEpochMilli()));

    fireside.fire("presence-sweep");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
  }

  @Test
  void redisIsFilledAgainFromWhatIsKept() {
    devices.connect("ada", "phone");
    fireside.settle();
    fireside.flushRedis();
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");

    fireside.flushRedis();
    sweepAfter(Duration.ofMinutes(20));
    assertThat(devices.seen("bob", "ada")).isEqualTo("offline");

    fireside.flushRedis();
    devices.connect("ada", "phone");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
    devices.drop("ada/phone");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("offline");
  }

  @Test
  void aWipedRealtimeDatabaseIsFilledAgain() {
    devices.connect("ada", "phone");
    fireside.settle();
    fireside.project().withoutEvents(this::wipe);
    // The next sign of life.
    devices.connect("ada", "phone");
    fireside.settle();
    sweepAfter(Duration.ofMinutes(15).plusSeconds(1));

    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
    assertThat(devices.at("presence/ada/state").asText()).isEqualTo("online");
  }

  @Test
  void aWipedRealtimeDatabaseSaysAgainWhenWhoLeftWasLastSeen() {
    devices.connect("ada", "phone");
    fireside.settle();
    devices.drop("ada/phone");
    fireside.settle();
    var left = devices.at("presence/ada");
    assertThat(left.path("state").asText()).isEqualTo("offline");
    fireside.fire("presence-sweep");
    fireside.flushRedis();
    fireside.project().withoutEvents(this::wipe);
    fireside.fire("presence-sweep");
    fireside.settle();

    assertThat(devices.at("presence/ada")).isEqualTo(left);
  }

  @Test
  void whoWasLostWithTheRealtimeDatabaseIsOffline() {
    devices.connect("ada", "phone");
    fireside.settle();
    fireside.project().withoutEvents(this::wipe);
    sweepAfter(Duration.ofMinutes(20));

    assertThat(devices.seen("bob", "ada")).isEqualTo("offline");
  }

  private void wipe() {
    var all = new HashMap<String, @Nullable Object>();
    devices.database().keys("").forEach(name -> all.put(name, null));
    devices.database().update(all);
  }

  @Test
  void nothingRemainsOfADeletedPerson() {
    devices.connect("ada", "phone");
    devices.settings("ada", Map.of("activity", "in a match"));
    assertThat(devices.watch("bob", "ada").status()).isEqualTo(200);
    devices.status("ada", "deleted");
    fireside.settle();

    assertThat(devices.exists("presence/ada")).isFalse();
    assertThat(devices.exists("presenceSettings/ada")).isFalse();
    for (String path : new String[] {"status/ada", "presence/ada", "watchers/ada"}) {
      assertThat(devices.at(path).isNull()).as(path).isTrue();
    }

    // A device that does not know yet.
    devices.connect("ada", "laptop");
    fireside.settle();
    assertThat(devices.exists("presence/ada")).isFalse();
    assertThat(devices.at("status/ada").isNull()).isTrue();
    assertThat(devices.at("presence/ada").isNull()).isTrue();
  }

  @Test
  void aDeletedPersonIsFoundAlsoWhereRedisHasForgotten() {
    devices.status("ada", "deleted");
    fireside.settle();
    fireside.flushRedis();
    devices.connect("ada", "laptop");
    fireside.settle();
    sweepAfter(Duration.ofMinutes(15).plusSeconds(1));

    assertThat(devices.exists("presence/ada")).isFalse();
    assertThat(devices.at("status/ada").isNull()).isTrue();
  }

  @Test
  void rightsAndTypingThatAreOverAreRemoved() {
    devices.watch("bob", "ada");
    devices.database().update(Map.of("typing/room/ada", fireside.clock().millis()));
    sweepAfter(Duration.ofSeconds(30));
    assertThat(devices.at("typing/room/ada").isNull()).isFalse();
    sweepAfter(Duration.ofMinutes(2));
    assertThat(devices.at("typing").isNull()).isTrue();
    assertThat(devices.at("watchers/ada/bob").isNull()).isFalse();
    sweepAfter(Duration.ofHours(1));
    assertThat(devices.at("watchers").isNull()).isTrue();
  }
}
