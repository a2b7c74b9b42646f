package dev.fireside.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.Counts;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.realtime.RealtimeDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the Realtime Database holds of chats.
class LiveIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final String CHAT = Parlour.direct("ann", "bob");

  private final Parlour parlour = new Parlour(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private static RealtimeDatabase database() {
    return fireside.platform().realtime().main();
  }

  private static JsonNode room(String chat) {
    return database().get("chats/" + chat);
  }

  private static JsonNode entry(String uid, String chat) {
    return database().get("chatLists/" + uid + "/" + chat);
  }

  private static List<String> texts(String chat) {
    var texts = new ArrayList<String>();
    room(chat)
        .path("messages")
        .forEach(message ->
            texts.add(message.path("deleted").asBoolean() ? "-" : message.path("text").asText()));
    return texts;
  }

  private static void wipe() {
    var all = new HashMap<String, Object>();
    all.put("chats", null);
    all.put("chatLists", null);
    database().update(all);
  }

  @Test
  void hasAMessageBeforeItsAnswerAtOneWriteForTheRoomAndOneForEachList() {
    parlour.people("ann", "bob", "cleo");
    String chat = parlour.group("ann", "bob", "cleo");
    fireside.settle();
    fireside.faults().holdAll();
    Counts before = fireside.counts();
    parlour.send("ann", chat, "Hello");

    assertThat(fireside.counts().minus(before).realtimeWrites()).isBetween(1L, 4L);
    JsonNode message = room(chat).path("messages").path("0000000001");
    assertThat(message.path("text").asText()).isEqualTo("Hello");
    assertThat(message.path("sender").asText()).isEqualTo("ann");
    assertThat(message.path("seq").asInt()).isEqualTo(1);
    assertThat(entry("bob", chat).path("text").asText()).isEqualTo("Hello");
    assertThat(entry("cleo", chat).path("last").asInt()).isEqualTo(1);
    assertThat(entry("bob", chat).path("title").asText()).isEqualTo("Group");
    fireside.faults().release();
    fireside.settle();
    // The event finds it done.
    assertThat(fireside.counts().minus(before).realtimeWrites()).isBetween(1L, 4L);
  }

  @Test
  void followsEditsDeletionsReactionsAndReading() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "One");
    parlour.send("ann", CHAT, "Two");
    parlour.as("ann").patch(Parlour.message(CHAT, 2), Map.of("text", "Two!"));
    parlour.as("bob").put(Parlour.message(CHAT, 2) + "/reactions/love");
    parlour.as("ann").delete(Parlour.message(CHAT, 1));
    parlour.read("bob", CHAT, 2);

    assertThat(texts(CHAT)).containsExactly("-", "Two!");
    JsonNode second = room(CHAT).path("messages").path("0000000002");
    assertThat(second.path("reactions").path("love").asInt()).isEqualTo(1);
    assertThat(second.has("editedAt")).isTrue();
    assertThat(room(CHAT).path("read").path("bob").asInt()).isEqualTo(2);
    assertThat(entry("bob", CHAT).path("text").asText()).isEqualTo("Two!");
  }

  @Test
  void keepsTheNewestThirty() {
    parlour.friends("ann", "bob");
    for (int i = 1; i <= 40; i++) {
      parlour.send("ann", CHAT, "m" + i);
    }
    assertThat(texts(CHAT))
        .isEqualTo(IntStream.rangeClosed(11, 40).mapToObj(i -> "m" + i).toList());
  }

  @Test
  void letsInWhoIsAMemberAndNobodyElse() {
    parlour.people("ann", "bob", "cleo");
    String chat = parlour.group("ann", "bob");
    parlour.as("ann").post(Parlour.path(chat) + "/members", Map.of("uids", List.of("cleo")));
    assertThat(room(chat).path("members").path("ann").asText()).isEqualTo("owner");
    assertThat(room(chat).path("members").path("bob").asText()).isEqualTo("member");
    assertThat(room(chat).path("members").has("cleo")).isFalse();

    parlour.as("ann").delete(Parlour.member(chat, "bob"));
    assertThat(room(chat).path("members").has("bob")).isFalse();
    assertThat(entry("bob", chat).isNull()).isTrue();
    parlour.send("ann", chat, "Without bob");
    assertThat(entry("bob", chat).isNull()).isTrue();
  }

  @Test
  void saysWhichChatsAreTooLargeForTyping() {
    List<String> people = IntStream.range(0, 101).mapToObj(i -> "p" + i).toList();
    parlour.people(people.toArray(String[]::new));
    people.subList(1, 101).forEach(uid -> parlour.follow(uid, "p0"));
    String chat = parlour.group("p0", people.subList(1, 50).toArray(String[]::new));
    parlour.as("p0").post(Parlour.path(chat) + "/members", Map.of("uids", people.subList(50, 100)));
    assertThat(room(chat).has("large")).isFalse();

    parlour.as("p0").post(Parlour.path(chat) + "/members", Map.of("uids", List.of("p100")));
    assertThat(room(chat).path("large").asBoolean()).isTrue();
    parlour.as("p0").delete(Parlour.member(chat, "p1"));
    assertThat(room(chat).has("large")).isFalse();
  }

  @Test
  void closesADirectChatAcrossABlockAndOpensItAgain() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "Hello");
    parlour.block("bob", "ann");
    fireside.settle();
    assertThat(room(CHAT).has("members")).isFalse();
    assertThat(entry("ann", CHAT).isNull()).isTrue();

    parlour.status("ann", "suspended");
    parlour.status("ann", "active");
    fireside.settle();
    assertThat(room(CHAT).has("members")).isFalse();

    parlour.unblock("bob", "ann");
    fireside.settle();
    assertThat(room(CHAT).path("members")).hasSize(2);
    assertThat(entry("ann", CHAT).path("text").asText()).isEqualTo("Hello");
  }

  @Test
  void tellsNobodyInTheirListOfWhoIsBlocked() {
    parlour.people("ann", "bob", "cleo");
    String chat = parlour.group("ann", "bob", "cleo");
    parlour.send("ann", chat, "Hello");
    parlour.block("bob", "cleo");
    parlour.send("cleo", chat, "From cleo");

    assertThat(entry("ann", chat).path("text").asText()).isEqualTo("From cleo");
    assertThat(entry("bob", chat).path("text").asText()).isEqualTo("Hello");
  }

  @Test
  void takesWhatTheSuspendedWroteAwayAndBringsItBack() {
    parlour.people("ann", "bob");
    String chat = parlour.group("ann", "bob");
    parlour.send("bob", chat, "From bob");
    parlour.send("ann", chat, "From ann");
    parlour.status("bob", "suspended");
    fireside.settle();
    assertThat(texts(chat)).containsExactly("From ann");

    parlour.status("bob", "active");
    fireside.settle();
    assertThat(texts(chat)).containsExactly("From bob", "From ann");
  }

  @Test
  void isRebuiltByWhoReads() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "Hello");
    parlour.read("bob", CHAT, 1);
    fireside.settle();
    JsonNode room = room(CHAT);
    JsonNode entry = entry("bob", CHAT);
    wipe();
    fireside.flushRedis();
    parlour.as("bob").get(Parlour.messages(CHAT));
    assertThat(room(CHAT)).isEqualTo(room);

    wipe();
    parlour.as("bob").get("/api/chats");
    assertThat(entry("bob", CHAT)).isEqualTo(entry);
  }

  @Test
  void isHealedByEventsWhereTheWriterCameNoFurther() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "One");
    fireside.settle();
    fireside.faults().setAll(Fault.duplicate(1));
    fireside.faults().hold("chat-on-chat-written");
    parlour.send("ann", CHAT, "Two");
    parlour.send("bob", CHAT, "Three");
    parlour.as("ann").delete(Parlour.message(CHAT, 1));
    // As if neither the writes nor the marks of having written had come about.
    wipe();
    fireside.flushRedis();
    fireside.faults().release();
    fireside.settle();

    assertThat(texts(CHAT)).containsExactly("-", "Two", "Three");
    assertThat(entry("ann", CHAT).path("text").asText()).isEqualTo("Three");
  }

  @Test
  void agreesWithHistoryAfterManyWroteAtOnce() {
    String[] people = IntStream.range(0, 10).mapToObj(i -> "p" + i).toArray(String[]::new);
    parlour.people(people);
    String chat = parlour.group("p0", people);
    Calls.atOnce(
        30,
        i -> {
          long seq = parlour.send("p" + i % 10, chat, "m" + i);
          return i % 3 == 0
              ? parlour
                  .as("p" + i % 10)
                  .patch(Parlour.message(chat, seq), Map.of("text", "e" + i))
                  .status()
              : parlour
                  .as("p" + i % 10)
                  .put(Parlour.message(chat, seq) + "/reactions/wow")
                  .status();
        });
    fireside.settle();

    List<String> history = parlour.history("p3", chat);
    assertThat(texts(chat)).isEqualTo(history);
    for (String uid : people) {
      assertThat(entry(uid, chat).path("text").asText()).isEqualTo(history.getLast());
    }
  }

  @Test
  void goesWithTheChat() {
    parlour.people("ann", "bob");
    String chat = parlour.group("ann", "bob");
    parlour.send("ann", chat, "Hello");
    parlour.read("bob", chat, 1);
    parlour.as("ann").delete(Parlour.member(chat, "me"));
    parlour.as("bob").delete(Parlour.member(chat, "me"));
    fireside.settle();

    assertThat(room(chat).isNull()).isTrue();
    assertThat(entry("ann", chat).isNull()).isTrue();
  }
}
