package dev.fireside.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MessagesIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final String CHAT = Parlour.direct("ann", "bob");

  /// More than the chat's own document holds.
  private static final int MANY = 160;

  private final Parlour parlour = new Parlour(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private Reply edit(String uid, long seq, String text) {
    return parlour.as(uid).patch(Parlour.message(CHAT, seq), Map.of("text", text));
  }

  private Reply react(String uid, long seq, String kind) {
    return parlour.as(uid).put(Parlour.message(CHAT, seq) + "/reactions/" + kind);
  }

  @Test
  void areEditedForAWhileAndSaySo() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "Helo");

    assertThat(edit("bob", 1, "Mine").status()).isEqualTo(403);
    Reply edited = edit("ann", 1, "Hello @bob @ann @nobody");
    assertThat(edited.body().path("text").asText()).startsWith("Hello");
    assertThat(edited.body().has("editedAt")).isTrue();
    assertThat(edited.body().path("mentions")).hasSize(2);
    assertThat(edit("ann", 2, "None").status()).isEqualTo(404);
    assertThat(edit("ann", 1, "").errorFields()).containsExactly("text");
    fireside.clock().advance(Duration.ofMinutes(16));
    assertThat(edit("ann", 1, "Late").body().path("reason").asText()).isEqualTo("edit-over");
  }

  @Test
  void keepTheirPlaceWhenTheyAreTakenAwayForAll() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "Oops");
    parlour.send("ann", CHAT, "Stays");
    react("bob", 1, "like");

    assertThat(parlour.as("bob").delete(Parlour.message(CHAT, 1)).status()).isEqualTo(403);
    assertThat(parlour.as("ann").delete(Parlour.message(CHAT, 1)).status()).isEqualTo(204);
    assertThat(parlour.as("ann").delete(Parlour.message(CHAT, 1)).status()).isEqualTo(204);

    assertThat(parlour.history("bob", CHAT)).containsExactly("-", "Stays");
    Reply place = parlour.as("bob").get(Parlour.message(CHAT, 1));
    assertThat(place.body().path("deleted").asBoolean()).isTrue();
    assertThat(place.body().has("sender")).isFalse();
    assertThat(parlour.unread("bob", CHAT)).isEqualTo(1);
    assertThat(edit("ann", 1, "Back").status()).isEqualTo(404);
    assertThat(react("bob", 1, "like").status()).isEqualTo(404);
    assertThat(parlour.reply("bob", CHAT, 1, "Why?").errorFields()).containsExactly("replyTo");
    assertThat(parlour.chat(CHAT).fields().values().toString()).doesNotContain("Oops");
  }

  @Test
  void areTakenAwayForOneselfAlone() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "One");
    parlour.send("ann", CHAT, "Two");

    assertThat(parlour.as("bob").delete(Parlour.message(CHAT, 2) + "?for=me").status())
        .isEqualTo(204);
    assertThat(parlour.as("bob").delete(Parlour.message(CHAT, 9) + "?for=me").status())
        .isEqualTo(404);

    assertThat(parlour.history("bob", CHAT)).containsExactly("One");
    assertThat(parlour.history("ann", CHAT)).containsExactly("One", "Two");
    assertThat(parlour.unread("bob", CHAT)).isEqualTo(1);
    var chat = parlour.as("bob").get(Parlour.path(CHAT)).body();
    assertThat(chat.path("lastMessage").path("text").asText()).isEqualTo("One");
  }

  @Test
  void areReactedToOnceByEachPersonAndKind() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "Look");
    react("bob", 1, "love");
    react("bob", 1, "love");
    react("ann", 1, "love");
    Reply reply = react("bob", 1, "wow");

    assertThat(reply.body().path("reactions").path("love").asInt()).isEqualTo(2);
    assertThat(reply.body().path("reactions").path("wow").asInt()).isEqualTo(1);
    assertThat(reply.body().path("mine")).hasSize(2);
    Reply back = parlour.as("bob").delete(Parlour.message(CHAT, 1) + "/reactions/love");
    assertThat(back.body().path("reactions").path("love").asInt()).isEqualTo(1);
    assertThat(react("bob", 1, "thumbs").status()).isEqualTo(404);
    assertThat(react("bob", 2, "love").status()).isEqualTo(404);
  }

  @Test
  void areAllThereBeyondTheNewestAndCanBeChanged() {
    parlour.friends("ann", "bob");
    for (int i = 1; i <= MANY; i++) {
      assertThat(parlour.send(i % 2 == 0 ? "bob" : "ann", CHAT, "m" + i)).isEqualTo(i);
    }

    List<String> texts = parlour.history("bob", CHAT);
    assertThat(texts).hasSize(MANY).startsWith("m1", "m2").endsWith("m" + MANY);
    assertThat(edit("ann", 3, "edited").status()).isEqualTo(200);
    assertThat(react("ann", 4, "like").body().path("mine")).hasSize(1);
    assertThat(parlour.as("bob").delete(Parlour.message(CHAT, 2)).status()).isEqualTo(204);
    assertThat(parlour.as("ann").delete(Parlour.message(CHAT, 2)).status()).isEqualTo(204);
    assertThat(parlour.as("bob").get(Parlour.message(CHAT, 3)).body().path("text").asText())
        .isEqualTo("edited");
    assertThat(parlour.history("ann", CHAT)).startsWith("m1", "-", "edited", "m4");
    assertThat(Parlour.seq(parlour.reply("ann", CHAT, 1, "To the first"), 201)).isEqualTo(MANY + 1);
    // bob said nothing since: all but his own are unread, up to the bound.
    assertThat(parlour.unread("bob", CHAT)).isEqualTo(1);
  }

  @Test
  void areOneForEachClientIdHoweverLongAgo() {
    parlour.friends("ann", "bob");
    Reply first = parlour.sendAs("ann", CHAT, "first", "First");
    for (int i = 0; i < MANY; i++) {
      parlour.send("ann", CHAT, "more");
    }

    Reply again = parlour.sendAs("ann", CHAT, "first", "First");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(parlour.sendAs("ann", CHAT, "first", "Other").problem()).isEqualTo("key-reused");
    // What somebody else calls a message is theirs.
    assertThat(Parlour.seq(parlour.sendAs("bob", CHAT, "first", "First"), 201)).isEqualTo(MANY + 2);
  }

  @Test
  void carryMediaAsPostsDo() {
    parlour.friends("ann", "bob");
    var image =
        Map.of("type", "image", "url", "https://cdn.example/a.jpg", "width", 4, "height", 3);
    Reply sent = parlour.post("ann", CHAT, Map.of("clientId", "c", "media", List.of(image)));

    assertThat(sent.body().path("media").path(0).path("url").asText())
        .isEqualTo("https://cdn.example/a.jpg");
    assertThat(sent.body().has("text")).isFalse();
    var plain = new HashMap<>(image);
    plain.put("url", "http://cdn.example/a.jpg");
    assertThat(
            parlour
                .post("ann", CHAT, Map.of("clientId", "d", "media", List.of(plain)))
                .errorFields())
        .containsExactly("media/0/url");
  }

  @Test
  void nameWhatIsWrongWithThem() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "Hello");

    assertThat(parlour.post("ann", CHAT, Map.of()).errorFields())
        .containsExactlyInAnyOrder("clientId", "text");
    assertThat(parlour.post("ann", CHAT, Map.of("clientId", "c", "text", "")).errorFields())
        .containsExactly("text");
    assertThat(parlour.post("ann", CHAT, Parlour.draft("\u200b\u2060")).errorFields())
        .containsExactly("text");
    assertThat(parlour.post("ann", CHAT, Parlour.draft("\ud83d\ude00".repeat(4_001))).errorFields())
        .containsExactly("text");
    assertThat(parlour.post("ann", CHAT, Parlour.draft("\ud83d\ude00".repeat(4_000))).status())
        .isEqualTo(201);
    var draft = Parlour.draft("Answer");
    draft.put("clientId", "e");
    draft.put("replyTo", 99);
    assertThat(parlour.post("ann", CHAT, draft).errorFields()).containsExactly("replyTo");
    draft.put("replyTo", 0);
    assertThat(parlour.post("ann", CHAT, draft).errorFields()).containsExactly("replyTo");
    draft.put("clientId", "with space");
    assertThat(parlour.post("ann", CHAT, draft).errorFields())
        .containsExactlyInAnyOrder("clientId", "replyTo");
    for (String bad : List.of("0", "01", "x", "-1", "99999999999999999999")) {
      assertThat(parlour.as("ann").get(Parlour.messages(CHAT) + "/" + bad).status()).isEqualTo(404);
    }
    assertThat(parlour.as("ann").post("/api/chats", Map.of()).errorFields())
        .containsExactly("title");
    assertThat(
            parlour.as("ann").post("/api/chats", Map.of("with", "a b", "title", "T")).errorFields())
        .containsExactlyInAnyOrder("with", "title");
    for (String title : List.of("Two\nlines", "Turned \u202etxet", "\u200b")) {
      assertThat(parlour.as("ann").post("/api/chats", Map.of("title", title)).errorFields())
          .containsExactly("title");
    }
    assertThat(parlour.read("ann", CHAT, -1).errorFields()).containsExactly("seq");
    for (String until : List.of("soon", "+999999999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z")) {
      assertThat(
              parlour
                  .as("ann")
                  .put(Parlour.path(CHAT) + "/mute", Map.of("until", until))
                  .errorFields())
          .containsExactly("until");
    }
    assertThat(parlour.as("ann").get("/api/chats?box=spam").errorFields()).containsExactly("?box");
  }

  @Test
  void wantTheCursorOfTheirOwnList() {
    parlour.friends("ann", "bob");
    parlour.people("cleo");
    for (int i = 0; i < 3; i++) {
      parlour.send("ann", CHAT, "m" + i);
    }
    String group = parlour.group("ann", "cleo");
    parlour.send("ann", group, "Other");
    String cursor = parlour.as("ann").get(Parlour.messages(CHAT) + "?limit=1").nextCursor();

    assertThat(parlour.as("bob").get(Parlour.messages(CHAT) + "?cursor=" + cursor).problem())
        .isEqualTo("invalid-cursor");
    assertThat(parlour.as("ann").get(Parlour.messages(group) + "?cursor=" + cursor).problem())
        .isEqualTo("invalid-cursor");
    assertThat(parlour.as("ann").get("/api/chats?cursor=" + cursor).problem())
        .isEqualTo("invalid-cursor");
  }
}
