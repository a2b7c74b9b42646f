package dev.fireside.acceptance.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.realtime.RealtimeDatabase;
import dev.fireside.shared.store.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Chats and presence while the process that serves them is killed in the middle.
class KilledServerIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().entryPoints("presence-sweep");

  private static final int KILLS = System.getProperty("nightly") == null ? 2 : 20;
  private static final int STEPS_BETWEEN = 30;
  private static final List<String> PEOPLE = List.of("ann", "bob", "cleo");

  private ServedProject served;

  @BeforeEach
  void start() throws Exception {
    served = new ServedProject(fireside.project().cloud());
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private Documents documents() {
    return served.project().platform().documents();
  }

  private RealtimeDatabase database() {
    return served.project().platform().realtime().main();
  }

  /// What one person does: sends, each message under one client id until it is answered, and says
  /// once in a while how far they have read.
  private final class Writer {
    private final String uid;
    private final String chat;
    private final Map<String, Long> sent = new HashMap<>();
    private long read;

    Writer(String uid, String chat) {
      this.uid = uid;
      this.chat = chat;
    }

    void write(int count, Semaphore steps) {
      for (int i = 0; i < count; i++) {
        String text = uid + " " + i;
        long seq =
            served
                .call(uid, "POST", messages(chat), Map.of("clientId", "c" + i, "text", text))
                .path("seq")
                .asLong();
        sent.put(text, seq);
        read = Math.max(read, seq);
        if (i % 5 == 2) {
          read = Math.max(read, newest());
          served.call(uid, "PUT", "/api/chats/" + chat + "/read", Map.of("seq", read));
        }
        steps.release();
      }
    }

    private long newest() {
      return served.call(uid, "GET", "/api/chats/" + chat, null).path("last").asLong();
    }
  }

  private static String messages(String chat) {
    return "/api/chats/" + chat + "/messages";
  }

  /// Devices of people who come and go.
  private final class Devices {
    private final Random random = new Random(7);
    private final Map<String, Set<String>> connected = new HashMap<>();

    void change(int times) {
      for (int i = 0; i < times; i++) {
        String uid = "p" + random.nextInt(10);
        String device = "d" + random.nextInt(3);
        Set<String> own = connected.computeIfAbsent(uid, _ -> new TreeSet<>());
        boolean comes = own.add(device) || !own.remove(device);
        var change = new HashMap<String, Object>();
        change.put(
            "status/" + uid + "/" + device,
            comes ? Map.of("state", "online", "at", RealtimeDatabase.TIMESTAMP) : null);
        database().update(change);
      }
    }
  }

  @Test
  void nothingIsLostNorThereTwice() throws Exception {
    String chat = group();
    int each = (KILLS + 1) * STEPS_BETWEEN / PEOPLE.size();
    List<Writer> writers = PEOPLE.stream().map(uid -> new Writer(uid, chat)).toList();
    var devices = new Devices();
    var steps = new Semaphore(0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<Future<?>>();
      writers.forEach(writer -> done.add(threads.submit(() -> writer.write(each, steps))));
      for (int kill = 0; kill < KILLS; kill++) {
        steps.acquire(STEPS_BETWEEN);
        devices.change(STEPS_BETWEEN);
        served.killAndStartAgain();
      }
      for (Future<?> writer : done) {
        writer.get();
      }
    }
    served.settle();

    assertThat(served.project().deadLetters()).isEmpty();
    assertMessages(chat, writers, each);
    assertPresence(devices);
  }

  private String group() {
    for (String uid : PEOPLE) {
      served.call(uid, "POST", "/api/users", Map.of("handle", uid, "displayName", uid));
    }
    served.call("bob", "PUT", "/api/users/ann/follow", null);
    served.call("cleo", "PUT", "/api/users/ann/follow", null);
    Map<String, Object> group = Map.of("title", "Group", "members", List.of("bob", "cleo"));
    return served.call("ann", "POST", "/api/chats", group).path("id").asText();
  }

  private void assertMessages(String chat, List<Writer> writers, int each) {
    List<JsonNode> history = history("ann", chat);
    assertThat(history)
        .extracting(message -> message.path("seq").asInt())
        .isEqualTo(IntStream.rangeClosed(1, each * PEOPLE.size()).boxed().toList());
    List<String> texts = texts(history);
    for (Writer writer : writers) {
      assertThat(texts(history(writer.uid, chat))).isEqualTo(texts);
      assertThat(texts.stream().filter(text -> text.startsWith(writer.uid)).toList())
          .isEqualTo(IntStream.range(0, each).mapToObj(i -> writer.uid + " " + i).toList());
      writer.sent.forEach((text, seq) -> assertThat(texts.get((int) (seq - 1))).isEqualTo(text));
      assertUnread(writer, chat, history);
    }
    assertLive(chat, texts);
  }

  private List<JsonNode> history(String uid, String chat) {
    var all = new ArrayList<JsonNode>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = served.call(uid, "GET", messages(chat) + "?limit=100" + cursor, null);
      page.path("items").forEach(all::add);
      cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : null;
    }
    return all.reversed();
  }

  private static List<String> texts(List<JsonNode> history) {
    return history.stream().map(message -> message.path("text").asText()).toList();
  }

  private void assertUnread(Writer writer, String chat, List<JsonNode> history) {
    List<Long> unread =
        history.stream()
            .filter(message -> message.path("seq").asLong() > writer.read)
            .map(message -> message.path("seq").asLong())
            .toList();
    JsonNode view = served.call(writer.uid, "GET", "/api/chats/" + chat, null);
    assertThat(view.path("unread").asInt()).as(writer.uid).isEqualTo(unread.size());
    assertThat(
            documents()
                .get("notifications/" + writer.uid + "/items/chat:" + chat)
                .map(notice -> notice.fields().number("seq"))
                .orElse(0L))
        .as(writer.uid)
        .isEqualTo(unread.isEmpty() ? 0L : unread.getLast());
  }

  private void assertLive(String chat, List<String> texts) {
    var live = new ArrayList<String>();
    database().get("chats/" + chat + "/messages").forEach(it -> live.add(it.path("text").asText()));
    assertThat(live).isEqualTo(texts.subList(texts.size() - 30, texts.size()));
    for (String uid : PEOPLE) {
      JsonNode entry = database().get("chatLists/" + uid + "/" + chat);
      assertThat(entry.path("last").asInt()).as(uid).isEqualTo(texts.size());
      assertThat(entry.path("text").asText()).as(uid).isEqualTo(texts.getLast());
    }
  }

  private void assertPresence(Devices devices) {
    devices.connected.forEach((uid, own) -> {
      // Who came and went before anybody counted has never been there.
      List<String> states = own.isEmpty() ? List.of("offline", "") : List.of("online");
      assertThat(states).as(uid).contains(database().get("presence/" + uid + "/state").asText(""));
      assertThat(states)
          .as(uid)
          .contains(
              documents()
                  .get("presence/" + uid)
                  .flatMap(stored -> stored.fields().text("state"))
                  .orElse(""));
    });
  }
}
