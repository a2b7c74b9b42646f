package dev.fireside.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DirectIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final String CHAT = Parlour.direct("ann", "bob");

  private final Parlour parlour = new Parlour(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private Reply open(String caller, String other) {
    return parlour.as(caller).post("/api/chats", Map.of("with", other));
  }

  @Test
  void isOneForEachPairAlsoWhenBothOpenItAtTheSameMoment() {
    parlour.friends("ann", "bob");

    List<Reply> replies =
        Calls.atOnce(10, i -> i % 2 == 0 ? open("ann", "bob") : open("bob", "ann"));

    assertThat(replies).extracting(reply -> reply.body().path("id").asText()).containsOnly(CHAT);
    assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(1);
    assertThat(replies.stream().filter(reply -> reply.status() == 200)).hasSize(9);
    assertThat(replies.getFirst().body().path("kind").asText()).isEqualTo("direct");
    // Nothing was said: it stands in nobody's list.
    assertThat(parlour.inbox("ann")).isEmpty();
  }

  @Test
  void bringsMessagesToFriendsAtOnce() {
    parlour.friends("ann", "bob");
    assertThat(parlour.send("ann", CHAT, "Hello")).isEqualTo(1);
    assertThat(parlour.send("bob", CHAT, "Hi")).isEqualTo(2);
    assertThat(parlour.send("ann", CHAT, "How are you?")).isEqualTo(3);

    assertThat(parlour.history("ann", CHAT)).containsExactly("Hello", "Hi", "How are you?");
    assertThat(parlour.history("bob", CHAT)).isEqualTo(parlour.history("ann", CHAT));
    assertThat(parlour.inbox("bob")).containsExactly(CHAT);
    var chat = parlour.as("bob").get("/api/chats").body().path("items").path(0);
    assertThat(chat.path("person").path("uid").asText()).isEqualTo("ann");
    assertThat(chat.path("unread").asInt()).isEqualTo(1);
    assertThat(chat.path("read").asInt()).isEqualTo(2);
    assertThat(chat.path("lastMessage").path("text").asText()).isEqualTo("How are you?");
    assertThat(parlour.unread("ann", CHAT)).isZero();

    assertThat(parlour.read("bob", CHAT, 3).body().path("read").asInt()).isEqualTo(3);
    assertThat(parlour.read("bob", CHAT, 1).body().path("read").asInt()).isEqualTo(3);
    assertThat(parlour.unread("bob", CHAT)).isZero();
    assertThat(parlour.read("bob", CHAT, 4).errorFields()).containsExactly("seq");
  }

  @Test
  void asksWhoDoesNotFollowTheSender() {
    parlour.people("ann", "bob");
    parlour.send("ann", CHAT, "You do not know me");
    fireside.settle();

    assertThat(parlour.inbox("bob")).isEmpty();
    assertThat(parlour.requests("bob")).containsExactly(CHAT);
    assertThat(parlour.inbox("ann")).containsExactly(CHAT);
    var request = parlour.as("bob").get("/api/chats?box=requests").body().path("items").path(0);
    assertThat(request.path("request").asBoolean()).isTrue();
    assertThat(request.path("askedBy").path("uid").asText()).isEqualTo("ann");
    assertThat(parlour.history("bob", CHAT)).containsExactly("You do not know me");
    assertThat(parlour.notice("bob", CHAT).orElseThrow().fields().text("kind"))
        .contains("message_request");

    parlour.send("ann", CHAT, "Two");
    parlour.send("ann", CHAT, "Three");
    Reply fourth = parlour.sendAs("ann", CHAT, "fourth", "Four");
    assertThat(fourth.status()).isEqualTo(409);
    assertThat(fourth.body().path("reason").asText()).isEqualTo("awaiting-reply");

    assertThat(parlour.as("bob").post(Parlour.path(CHAT) + "/accept").status()).isEqualTo(204);
    assertThat(parlour.as("bob").post(Parlour.path(CHAT) + "/accept").status()).isEqualTo(204);
    assertThat(parlour.inbox("bob")).containsExactly(CHAT);
    assertThat(parlour.requests("bob")).isEmpty();
    assertThat(parlour.sendAs("ann", CHAT, "fourth", "Four").status()).isEqualTo(201);
  }

  @Test
  void acceptsByWriting() {
    parlour.people("ann", "bob");
    parlour.send("ann", CHAT, "Hello");
    parlour.send("bob", CHAT, "Hi");

    assertThat(parlour.requests("bob")).isEmpty();
    assertThat(parlour.inbox("bob")).containsExactly(CHAT);
  }

  @Test
  void keepsADeclinedChatAwayUntilWhoDeclinedWrites() {
    parlour.people("ann", "bob");
    parlour.send("ann", CHAT, "Hello");
    assertThat(parlour.as("bob").post(Parlour.path(CHAT) + "/decline").status()).isEqualTo(204);
    assertThat(parlour.as("bob").post(Parlour.path(CHAT) + "/decline").status()).isEqualTo(204);

    assertThat(parlour.requests("bob")).isEmpty();
    assertThat(parlour.inbox("bob")).isEmpty();
    assertThat(parlour.as("bob").get(Parlour.messages(CHAT)).status()).isEqualTo(404);
    assertThat(parlour.sendAs("ann", CHAT, "c", "Please").body().path("reason").asText())
        .isEqualTo("awaiting-reply");

    parlour.send("bob", CHAT, "Well");
    assertThat(parlour.send("ann", CHAT, "Thank you")).isEqualTo(3);
    assertThat(parlour.history("bob", CHAT)).containsExactly("Hello", "Well", "Thank you");
  }

  @Test
  void isThereForNeitherAcrossABlock() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "Hello");
    parlour.block("bob", "ann");
    fireside.settle();

    for (String uid : List.of("ann", "bob")) {
      assertThat(parlour.sendAs(uid, CHAT, "c", "Still there?").status()).isEqualTo(404);
      assertThat(parlour.as(uid).get(Parlour.messages(CHAT)).status()).isEqualTo(404);
      assertThat(parlour.as(uid).get(Parlour.path(CHAT)).status()).isEqualTo(404);
      assertThat(parlour.as(uid).delete(Parlour.message(CHAT, 1)).status()).isEqualTo(404);
      assertThat(parlour.read(uid, CHAT, 1).status()).isEqualTo(404);
      assertThat(parlour.inbox(uid)).isEmpty();
    }
    assertThat(open("ann", "bob").errorFields()).containsExactly("with");

    parlour.unblock("bob", "ann");
    fireside.settle();
    assertThat(parlour.history("bob", CHAT)).containsExactly("Hello");
    assertThat(parlour.inbox("ann")).containsExactly(CHAT);
  }

  @Test
  void declinesARequestByABlock() {
    parlour.people("ann", "bob");
    parlour.send("ann", CHAT, "Hello");
    parlour.block("bob", "ann");
    fireside.settle();
    parlour.unblock("bob", "ann");
    fireside.settle();

    assertThat(parlour.requests("bob")).isEmpty();
    assertThat(parlour.sendAs("ann", CHAT, "c", "Again").body().path("reason").asText())
        .isEqualTo("awaiting-reply");
  }

  @Test
  void comesBackWithTheNextMessageOnceItWasLeft() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "Hello");
    assertThat(parlour.as("bob").delete(Parlour.member(CHAT, "me")).status()).isEqualTo(204);
    assertThat(parlour.inbox("bob")).isEmpty();
    assertThat(parlour.as("bob").get(Parlour.messages(CHAT)).status()).isEqualTo(404);

    parlour.send("ann", CHAT, "Are you there?");
    assertThat(parlour.inbox("bob")).containsExactly(CHAT);
    assertThat(parlour.history("bob", CHAT)).containsExactly("Hello", "Are you there?");
  }

  @Test
  void isNobodyElses() {
    parlour.friends("ann", "bob");
    parlour.people("eve");
    parlour.send("ann", CHAT, "Secret");

    assertThat(parlour.as("eve").get(Parlour.messages(CHAT)).status()).isEqualTo(404);
    assertThat(parlour.as("eve").get(Parlour.path(CHAT)).status()).isEqualTo(404);
    assertThat(parlour.sendAs("eve", CHAT, "c", "Hi").status()).isEqualTo(404);
    assertThat(parlour.as("eve").post(Parlour.path(CHAT) + "/accept").status()).isEqualTo(404);
    assertThat(parlour.as("ann").get("/api/chats/bob:ann").status()).isEqualTo(404);
    assertThat(parlour.as("ann").get("/api/chats/ann:").status()).isEqualTo(404);
    assertThat(parlour.as("ann").get("/api/chats/nothing").status()).isEqualTo(404);
  }

  @Test
  void wantsAProfileAndSomebodyWhoCanBeReached() {
    parlour.people("ann", "gone");
    parlour.status("gone", "suspended");

    assertThat(open("ann", "ann").body().path("reason").asText()).isEqualTo("yourself");
    assertThat(open("ann", "gone").status()).isEqualTo(404);
    assertThat(open("ann", "nobody").errorFields()).containsExactly("with");
    assertThat(open("stranger", "ann").body().path("reason").asText()).isEqualTo("no-profile");
    assertThat(
            parlour
                .sendAs("ann", Parlour.direct("ann", "gone"), "c", "Hello")
                .body()
                .path("reason")
                .asText())
        .isEqualTo("unreachable");
    assertThat(
            parlour
                .sendAs("stranger", Parlour.direct("ann", "stranger"), "c", "Hello")
                .body()
                .path("reason")
                .asText())
        .isEqualTo("no-profile");
  }

  @Test
  void holdsAPairWhoseNamesAreNearlyThoseOfFirestore() {
    parlour.people("_a__", "b__");

    String chat = Parlour.direct("_a__", "b__");
    parlour.send("_a__", chat, "Hello");
    assertThat(parlour.history("b__", chat)).containsExactly("Hello");
  }
}
