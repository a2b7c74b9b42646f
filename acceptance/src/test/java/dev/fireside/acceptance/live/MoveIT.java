package dev.fireside.acceptance.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.realtime.RealtimeDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// People and chats while a further Realtime Database is added to the two that there are.
class MoveIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().entryPoints("presence-sweep");

  private static final List<String> PEOPLE = IntStream.range(0, 12).mapToObj(i -> "p" + i).toList();

  private ManyDatabases project;

  @BeforeEach
  void start() throws Exception {
    project = new ManyDatabases(fireside.project().cloud());
    project.run("one", "two");
    for (String uid : PEOPLE) {
      project.call(uid, "POST", "/api/users", Map.of("handle", "h_" + uid, "displayName", uid));
    }
    for (String uid : PEOPLE) {
      if (!uid.equals("p0")) {
        project.call(uid, "PUT", "/api/users/p0/follow", null);
        project.call("p0", "PUT", "/api/users/" + uid + "/follow", null);
      }
    }
  }

  @AfterEach
  void stop() {
    project.close();
  }

  /// Those who live elsewhere since there are three.
  private List<String> movedTo(Map<String, String> homes) {
    List<String> moved =
        PEOPLE.stream().filter(uid -> !project.home(uid).equals(homes.get(uid))).toList();
    assertThat(moved).isNotEmpty().allMatch(uid -> project.home(uid).equals(project.name("three")));
    return moved;
  }

  private Map<String, String> homes() {
    var homes = new HashMap<String, String>();
    PEOPLE.forEach(uid -> homes.put(uid, project.home(uid)));
    return homes;
  }

  private void connect(String uid, String database, String device) {
    say(uid, database, device, Map.of("state", "online", "at", RealtimeDatabase.TIMESTAMP));
  }

  private void say(String uid, String database, String device, Object value) {
    var change = new HashMap<String, Object>();
    change.put("status/" + uid + "/" + device, value);
    project.database(database).update(change);
    project.settle();
  }

  private JsonNode watch(String uid) {
    return project
        .call("p0", "PUT", "/api/presence/watching", Map.of("users", List.of(uid)))
        .path("items")
        .path(0);
  }

  private String state(String database, String uid) {
    return project.database(database).get("presence/" + uid + "/state").asText("");
  }

  private String seen(String uid) {
    return project
        .call("p0", "GET", "/api/presence?users=" + uid, null)
        .path("items")
        .path(0)
        .path("state")
        .asText();
  }

  @Test
  void presenceGoesOnWhileAPersonMoves() throws Exception {
    Map<String, String> homes = homes();
    PEOPLE.forEach(uid -> connect(uid, homes.get(uid), "phone"));
    PEOPLE.forEach(this::watch);
    project.run("one", "two", "three");
    List<String> moved = movedTo(homes);
    String there = moved.getFirst();
    String old = Objects.requireNonNull(homes.get(there));
    String home = project.name("three");

    // Who watches anew finds them where they live, though they have not done anything since.
    assertThat(watch(there).path("database").asText()).contains(home);
    assertThat(state(home, there)).isEqualTo("online");
    // Connected as before, they are seen in both places.
    say(there, old, "phone", Map.of("state", "away", "at", RealtimeDatabase.TIMESTAMP));
    assertThat(List.of(seen(there), state(old, there), state(home, there))).containsOnly("away");
    // A second device is where they live.
    connect(there, home, "laptop");
    assertThat(List.of(seen(there), state(old, there), state(home, there))).containsOnly("online");
    // Once the last one has left the old place, nothing remains there, nor a right to listen.
    say(there, old, "phone", null);
    assertThat(List.of(seen(there), state(home, there))).containsOnly("online");
    assertThat(project.database(old).get("presence/" + there).isNull()).isTrue();
    assertThat(project.database(old).get("watchers/" + there).isNull()).isTrue();
    say(there, home, "laptop", null);
    assertThat(List.of(seen(there), state(home, there))).containsOnly("offline");

    // Who stays where they were is not disturbed.
    String stays = PEOPLE.stream().filter(uid -> !moved.contains(uid)).findFirst().orElseThrow();
    assertThat(state(homes.get(stays), stays)).isEqualTo("online");
    assertThat(project.database(homes.get(stays)).get("watchers/" + stays).isNull()).isFalse();
  }

  @Test
  void whoWatchesSomebodyWhoWasOfflineIsSentToTheirNewHome() throws Exception {
    Map<String, String> homes = homes();
    PEOPLE.forEach(uid -> connect(uid, homes.get(uid), "phone"));
    PEOPLE.forEach(uid -> say(uid, Objects.requireNonNull(homes.get(uid)), "phone", null));
    PEOPLE.forEach(this::watch);
    project.run("one", "two", "three");
    String back = movedTo(homes).getFirst();
    String old = Objects.requireNonNull(homes.get(back));
    assertThat(state(old, back)).isEqualTo("offline");

    connect(back, project.name("three"), "phone");
    assertThat(project.database(old).get("watchers/" + back).isNull()).isTrue();
    assertThat(state(old, back)).isEmpty();
    assertThat(watch(back).path("database").asText()).contains(project.name("three"));
    assertThat(state(project.name("three"), back)).isEqualTo("online");

    // Those who have not come back are known there too.
    project.fire("presence-sweep");
    movedTo(homes).stream()
        .filter(uid -> !uid.equals(back))
        .forEach(uid -> assertThat(state(project.name("three"), uid)).isEqualTo("offline"));
  }

  @Test
  void chatsStayWhereTheyAreAndListsFollowTheirPeople() throws Exception {
    Map<String, String> homes = homes();
    var rooms = new HashMap<String, String>();
    for (String uid : PEOPLE.subList(1, PEOPLE.size())) {
      send("p0", chat(uid), "Before");
      rooms.put(uid, room(uid).path("database").asText());
      connect(uid, homes.get(uid), "phone");
    }
    project.run("one", "two", "three");
    List<String> moved = movedTo(homes).stream().filter(uid -> !uid.equals("p0")).toList();
    String other = moved.getFirst();
    String old = Objects.requireNonNull(homes.get(other));

    for (String uid : PEOPLE.subList(1, PEOPLE.size())) {
      send("p0", chat(uid), "After");
      assertThat(room(uid).path("database").asText()).isEqualTo(rooms.get(uid));
      assertThat(live(uid)).containsExactly("Before", "After");
      assertThat(entry(project.home(uid), uid)).isEqualTo("After");
    }
    // A list that is open still is kept, where its person is connected.
    assertThat(entry(old, other)).isEqualTo("After");
    assertThat(room(other).path("listDatabase").asText()).contains(project.name("three"));
    project.call(other, "GET", "/api/chats", null);
    assertThat(project.database(project.name("three")).keys("chatLists/" + other)).hasSize(1);

    // A chat that is opened now lives where it is computed to.
    assertThat(opened()).contains(project.name("three"));
  }

  private static String chat(String uid) {
    return "p0".compareTo(uid) < 0 ? "p0:" + uid : uid + ":p0";
  }

  private void send(String uid, String chat, String text) {
    project.call(
        uid, "POST", "/api/chats/" + chat + "/messages", Map.of("clientId", text, "text", text));
    project.settle();
  }

  private JsonNode room(String uid) {
    return project.call(uid, "GET", "/api/chats/" + chat(uid), null);
  }

  private List<String> live(String uid) {
    var texts = new ArrayList<String>();
    for (RealtimeDatabase database : project.databases()) {
      database
          .get("chats/" + chat(uid) + "/messages")
          .forEach(message -> texts.add(message.path("text").asText()));
    }
    return texts;
  }

  private String entry(String database, String uid) {
    return project
        .database(database)
        .get("chatLists/" + uid + "/" + chat(uid) + "/text")
        .asText("");
  }

  private List<String> opened() {
    return IntStream.range(0, 12)
        .mapToObj(i ->
            project
                .call("p0", "POST", "/api/chats", Map.of("title", "Group " + i))
                .path("database")
                .asText())
        .map(address -> address.substring(address.indexOf('=') + 1))
        .toList();
  }
}
