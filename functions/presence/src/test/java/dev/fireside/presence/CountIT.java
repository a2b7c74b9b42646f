package dev.fireside.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.FunctionStatus;
import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.Counts;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.realtime.RealtimeDatabase;
import dev.fireside.shared.redis.Locks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What connections amount to, through events that come twice, late and in any order.
class CountIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final String ON_STATUS = "presence-on-status";

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

  private String document(String field) {
    return String.valueOf(devices.document("presence/ada").fields().values().get(field));
  }

  @Test
  void isOnlineUntilTheLastConnectionIsGone() {
    devices.connect("ada", "phone");
    devices.connect("ada", "laptop");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
    assertThat(document("state")).isEqualTo("online");
    assertThat(devices.at("presence/ada/state").asText()).isEqualTo("online");

    devices.drop("ada/phone");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");

    Instant before = Instant.now().minusMillis(1);
    devices.drop("ada/laptop");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("offline");
    var item = devices.as("bob").get("/api/presence?users=ada").body().path("items").path(0);
    assertThat(Instant.parse(item.path("lastSeen").asText()))
        .isBetween(before, Instant.now().plusMillis(1));
    assertThat(document("state")).isEqualTo("offline");
    assertThat(devices.at("presence/ada/lastSeen").asLong())
        .isEqualTo(Instant.parse(item.path("lastSeen").asText()).toEpochMilli());
  }

  @Test
  void isAwayWhereNoConnectionIsLookedAt() {
    devices.connect("ada", "phone");
    devices.say("ada", "laptop", "away");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");

    devices.say("ada", "phone", "away");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("away");

    devices.say("ada", "laptop", "online");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
  }

  @Test
  void anOldDisconnectAfterANewConnectChangesNothing() {
    devices.connect("ada", "old");
    fireside.settle();
    fireside.faults().hold(ON_STATUS);
    devices.drop("ada/old");
    devices.connect("ada", "new");
    fireside.faults().set(ON_STATUS, Fault.reorder(Duration.ofMillis(200)));
    fireside.faults().release();
    Counts before = fireside.counts();
    fireside.settle();

    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
    assertThat(fireside.counts().minus(before).writes()).isZero();
  }

  @Test
  void endsRightThroughDuplicatesReorderingAndFailures() {
    fireside.faults().set(ON_STATUS, Fault.reorder(Duration.ofMillis(50)));
    for (int i = 0; i < 10; i++) {
      devices.connect("ada", "c" + i);
      devices.say("ada", "c" + i, "away");
      devices.drop("ada/c" + i);
    }
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("offline");

    devices.connect("ada", "last");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
  }

  @Test
  void whoIsKilledWhileCountingIsReplacedOnceTheirTurnIsOver() {
    var locks = new Locks(fireside.platform().redis());
    assertThat(locks.tryAcquire("presence:ada", Duration.ofSeconds(2))).isPresent();
    devices.connect("ada", "phone");
    fireside.settle();

    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
  }

  @Test
  void aChangeCostsOneWriteAndNoRead() {
    devices.connect("ada", "phone");
    fireside.settle();
    for (Runnable change :
        new Runnable[] {
          () -> devices.say("ada", "phone", "away"),
          () -> devices.drop("ada/phone"),
          () -> devices.connect("ada", "laptop")
        }) {
      Counts before = fireside.counts();
      change.run();
      fireside.settle();
      Counts spent = fireside.counts().minus(before);
      assertThat(spent.reads()).isZero();
      assertThat(spent.writes()).isOne();
    }
  }

  @Test
  void aSignOfLifeCallsNoFunction() {
    devices.connect("ada", "phone");
    fireside.settle();
    long calls = calls(ON_STATUS);
    devices.connect("ada", "phone");
    fireside.settle();

    assertThat(calls(ON_STATUS)).isEqualTo(calls);
  }

  @Test
  void typingCallsNoFunction() {
    long calls = allCalls();
    devices.database().update(Map.of("typing/room/ada", RealtimeDatabase.TIMESTAMP));
    fireside.settle();

    assertThat(allCalls()).isEqualTo(calls);
  }

  private static long allCalls() {
    return fireside.project().functions().stream().mapToLong(FunctionStatus::invocations).sum();
  }

  private static long calls(String function) {
    return fireside.project().functions().stream()
        .filter(status -> status.name().equals(function))
        .findFirst()
        .orElseThrow()
        .invocations();
  }

  @Test
  void aThousandClientsDroppedAtOnceAreOfflineAfterOneWriteEach() {
    var connected = new HashMap<String, Object>();
    var gone = new String[1_000];
    for (int i = 0; i < 1_000; i++) {
      gone[i] = "user" + i / 2 + "/c" + i;
      connected.put("status/" + gone[i], Map.of("state", "online", "at", 1L + i));
    }
    devices.database().update(connected);
    fireside.settle();
    assertThat(there()).isEqualTo(500);

    Counts before = fireside.counts();
    devices.drop(gone);
    fireside.settle();

    assertThat(there()).isZero();
    Counts spent = fireside.counts().minus(before);
    assertThat(spent.writes()).isEqualTo(500);
    // What the test itself reads.
    assertThat(spent.reads()).isEqualTo(1);
  }

  private int there() {
    return devices
        .documents()
        .list(devices.documents().collection("presence").whereEqualTo("state", "online"))
        .size();
  }

  @Test
  void keepsOnlyTheNewestOfTooManyConnections() {
    var many = new HashMap<String, Object>();
    for (int i = 0; i < 30; i++) {
      many.put("status/ada/c" + i, Map.of("state", "online", "at", 1_000L + i));
    }
    devices.database().update(many);
    fireside.settle();

    assertThat(devices.database().keys("status/ada"))
        .hasSize(CountPresence.CONNECTIONS_MAX)
        .contains("c29")
        .doesNotContain("c0");
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
  }
}
