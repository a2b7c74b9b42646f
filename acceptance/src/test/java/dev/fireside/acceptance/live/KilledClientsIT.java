package dev.fireside.acceptance.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.database.NodeSdk;
import dev.fireside.emulator.testing.Counts;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.realtime.RealtimeDatabase;
import dev.fireside.social.testing.Crowd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Presence of people whose browsers are killed, by the SDK's own connections and what the database
/// does once they are gone.
class KilledClientsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  /// A build has 100, and each night 1,000.
  private static final int CLIENTS = System.getProperty("nightly") == null ? 100 : 1_000;

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Crowd crowd = new Crowd(fireside);
  private final List<Process> browsers = new ArrayList<>();

  @BeforeEach
  void begin() {
    fireside.resetData();
  }

  @AfterEach
  void closeAll() {
    browsers.forEach(Process::destroyForcibly);
  }

  private static RealtimeDatabase database() {
    return fireside.platform().realtime().main();
  }

  /// Opens a tab for each of these people, and returns once the functions know all that are open.
  private Process open(int allTabs, String... people) throws Exception {
    Process browser =
        NodeSdk.start(
            "tabs.mjs",
            Stream.concat(
                    Stream.of(NodeClients.arguments(fireside)), Stream.of(String.join(",", people)))
                .toArray(String[]::new));
    browsers.add(browser);
    awaitTabs(allTabs);
    return browser;
  }

  private static void awaitTabs(int count) {
    await().atMost(LIMIT).until(() -> tabs() == count);
    fireside.settle();
  }

  private static int tabs() {
    int count = 0;
    for (JsonNode person : database().get("status")) {
      count += person.size();
    }
    return count;
  }

  /// Kills by SIGKILL: nothing says goodbye.
  private static void kill(Process browser) {
    browser.destroyForcibly();
  }

  private JsonNode seen() {
    return crowd.as("bob").get("/api/presence?users=ann").body().path("items").path(0);
  }

  @Test
  void aPersonIsThereUntilTheirLastTabIsKilled() throws Exception {
    crowd.people("ann", "bob");
    crowd.follow("bob", "ann");
    Process one = open(1, "ann");
    Process two = open(2, "ann");
    assertThat(seen().path("state").asText()).isEqualTo("online");

    kill(one);
    awaitTabs(1);
    assertThat(seen().path("state").asText()).isEqualTo("online");

    Instant before = Instant.now().minusMillis(1);
    kill(two);
    awaitTabs(0);
    assertThat(seen().path("state").asText()).isEqualTo("offline");
    assertThat(Instant.parse(seen().path("lastSeen").asText())).isBetween(before, Instant.now());
    assertThat(database().get("presence/ann/state").asText()).isEqualTo("offline");
  }

  @Test
  void manyWhoAreKilledAtOnceAreOfflineAfterOneWriteEach() throws Exception {
    int people = CLIENTS / 2;
    String[] uids = IntStream.range(0, people).mapToObj(i -> "p" + i).toArray(String[]::new);
    Process one = open(people, uids);
    Process two = open(2 * people, uids);
    assertThat(there()).isEqualTo(people);

    Counts before = fireside.counts();
    kill(one);
    kill(two);
    awaitTabs(0);

    assertThat(fireside.counts().minus(before).writes()).isLessThanOrEqualTo(people);
    assertThat(there()).isZero();
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  private int there() {
    return crowd
        .documents()
        .list(crowd.documents().collection("presence").whereIn("state", List.of("online", "away")))
        .size();
  }
}
