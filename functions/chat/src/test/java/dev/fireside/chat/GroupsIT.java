package dev.fireside.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.chat.domain.Circle;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GroupsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Parlour parlour = new Parlour(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private Reply setRole(String caller, String chat, String uid, String role) {
    return parlour.as(caller).put(Parlour.member(chat, uid), Map.of("role", role));
  }

  private Reply invite(String caller, String chat, String... uids) {
    return parlour.as(caller).post(Parlour.path(chat) + "/members", Map.of("uids", List.of(uids)));
  }

  private String role(String uid, String chat) {
    return parlour.as(uid).get(Parlour.path(chat)).body().path("role").asText();
  }

  @Test
  void hasWhoFollowsTheOwnerAtOnceAndAsksTheOthers() {
    parlour.people("ann", "bob", "cleo");
    parlour.follow("bob", "ann");
    Reply created =
        parlour
            .as("ann")
            .post("/api/chats", Map.of("title", "Trip", "members", List.of("bob", "cleo", "bob")));
    String chat = Parlour.checked(created, 201).body().path("id").asText();
    parlour.send("ann", chat, "Hello");
    fireside.settle();

    assertThat(created.body().path("people").asInt()).isEqualTo(3);
    assertThat(created.body().path("members")).hasSize(2);
    assertThat(parlour.inbox("bob")).containsExactly(chat);
    assertThat(parlour.inbox("cleo")).isEmpty();
    assertThat(parlour.requests("cleo")).containsExactly(chat);
    Reply asked = parlour.as("cleo").get(Parlour.path(chat));
    assertThat(asked.body().path("askedBy").path("uid").asText()).isEqualTo("ann");
    assertThat(asked.body().has("members")).isFalse();
    assertThat(asked.body().has("lastMessage")).isFalse();
    assertThat(parlour.as("cleo").get(Parlour.messages(chat)).status()).isEqualTo(404);
    assertThat(parlour.sendAs("cleo", chat, "c", "Hi").status()).isEqualTo(404);
    assertThat(parlour.notice("cleo", chat).orElseThrow().fields().text("kind"))
        .contains("chat_invitation");

    parlour.as("cleo").post(Parlour.path(chat) + "/accept");
    assertThat(parlour.history("cleo", chat)).containsExactly("Hello");
    assertThat(parlour.unread("cleo", chat)).isEqualTo(1);
  }

  @Test
  void forgetsWhoDeclinesOrIsNotWantedAnyMore() {
    parlour.people("ann", "bob", "cleo");
    String chat = parlour.group("ann");
    invite("ann", chat, "bob", "cleo");

    assertThat(parlour.as("bob").post(Parlour.path(chat) + "/decline").status()).isEqualTo(204);
    assertThat(parlour.as("ann").delete(Parlour.member(chat, "cleo")).status()).isEqualTo(204);

    assertThat(parlour.requests("bob")).isEmpty();
    assertThat(parlour.as("cleo").post(Parlour.path(chat) + "/accept").status()).isEqualTo(404);
    assertThat(parlour.as("ann").get(Parlour.path(chat)).body().path("people").asInt()).isOne();
  }

  @Test
  void isLedByRoles() {
    parlour.people("ann", "bob", "cleo", "dan", "eve");
    String chat = parlour.group("ann", "bob", "cleo", "dan");

    assertThat(invite("bob", chat, "eve").status()).isEqualTo(403);
    assertThat(setRole("bob", chat, "bob", "admin").status()).isEqualTo(403);
    assertThat(Parlour.checked(setRole("ann", chat, "bob", "admin"), 200).status()).isEqualTo(200);
    assertThat(setRole("bob", chat, "cleo", "admin").status()).isEqualTo(403);
    assertThat(invite("bob", chat, "eve").status()).isEqualTo(200);
    assertThat(parlour.as("bob").delete(Parlour.member(chat, "ann")).status()).isEqualTo(403);
    assertThat(parlour.as("cleo").delete(Parlour.member(chat, "dan")).status()).isEqualTo(403);
    assertThat(parlour.as("bob").delete(Parlour.member(chat, "dan")).status()).isEqualTo(204);
    assertThat(parlour.as("bob").delete(Parlour.member(chat, "dan")).status()).isEqualTo(404);
    assertThat(parlour.as("dan").get(Parlour.messages(chat)).status()).isEqualTo(404);
    assertThat(parlour.sendAs("dan", chat, "c", "Hey").status()).isEqualTo(404);
    assertThat(setRole("ann", chat, "ann", "member").body().path("reason").asText())
        .isEqualTo("own-role");
    assertThat(setRole("ann", chat, "eve", "admin").status()).isEqualTo(404);

    assertThat(
            parlour
                .as("bob")
                .patch(Parlour.path(chat), Map.of("title", "New"))
                .body()
                .path("title")
                .asText())
        .isEqualTo("New");
    assertThat(parlour.as("cleo").patch(Parlour.path(chat), Map.of("title", "No")).status())
        .isEqualTo(403);

    setRole("ann", chat, "cleo", "owner");
    assertThat(role("cleo", chat)).isEqualTo("owner");
    assertThat(role("ann", chat)).isEqualTo("admin");
  }

  @Test
  void goesToTheFirstAdminThenTheFirstMemberThenNobody() {
    parlour.people("ann", "bob", "cleo", "dan");
    String chat = parlour.group("ann", "bob", "cleo", "dan");
    setRole("ann", chat, "dan", "admin");

    parlour.as("ann").delete(Parlour.member(chat, "me"));
    assertThat(role("dan", chat)).isEqualTo("owner");
    parlour.as("dan").delete(Parlour.member(chat, "dan"));
    assertThat(role("bob", chat)).isEqualTo("owner");
    parlour.as("bob").delete(Parlour.member(chat, "me"));
    parlour.send("cleo", chat, "Alone");
    parlour.as("cleo").delete(Parlour.member(chat, "me"));
    fireside.settle();

    assertThat(parlour.exists(Parlour.chatPath(chat))).isFalse();
  }

  @Test
  void hidesFromEachOtherWhoBlockedWhom() {
    parlour.people("ann", "bob", "cleo");
    String chat = parlour.group("ann", "bob", "cleo");
    parlour.send("bob", chat, "From bob");
    parlour.block("cleo", "bob");
    parlour.send("cleo", chat, "From cleo");
    parlour.send("ann", chat, "From ann");
    fireside.settle();

    assertThat(parlour.history("ann", chat)).containsExactly("From bob", "From cleo", "From ann");
    assertThat(parlour.history("bob", chat)).containsExactly("From bob", "From ann");
    assertThat(parlour.history("cleo", chat)).containsExactly("From cleo", "From ann");
    assertThat(parlour.unread("bob", chat)).isEqualTo(1);
    assertThat(parlour.as("cleo").get(Parlour.path(chat)).body().path("members")).hasSize(2);
    assertThat(parlour.as("cleo").get(Parlour.message(chat, 1)).status()).isEqualTo(404);
    assertThat(parlour.as("cleo").put(Parlour.message(chat, 1) + "/reactions/like").status())
        .isEqualTo(404);
    // cleo wrote second: bob hears of ann's message alone.
    assertThat(parlour.notice("bob", chat).orElseThrow().fields().number("seq")).isEqualTo(3);
    assertThat(invite("bob", chat, "cleo").status()).isEqualTo(403);
  }

  @Test
  void takesNobodyWhomTheInvitingCannotSee() {
    parlour.people("ann", "bob", "cleo");
    parlour.block("bob", "ann");
    parlour.status("cleo", "suspended");
    String chat = parlour.group("ann");

    assertThat(invite("ann", chat, "bob", "cleo", "nobody").errorFields())
        .containsExactly("uids/0", "uids/1", "uids/2");
    assertThat(
            parlour
                .as("ann")
                .post("/api/chats", Map.of("title", "T", "members", List.of("bob")))
                .errorFields())
        .containsExactly("members/0");
  }

  @Test
  void endsAtItsLargestSize() {
    List<String> all = new ArrayList<>(List.of("ann"));
    IntStream.range(0, Circle.PEOPLE_MAX).forEach(i -> all.add("p" + i));
    parlour.people(all.toArray(String[]::new));
    String chat = parlour.group("ann");
    for (int from = 1; from < Circle.PEOPLE_MAX; from += 50) {
      String[] part =
          all.subList(from, Math.min(from + 50, Circle.PEOPLE_MAX)).toArray(String[]::new);
      Parlour.checked(invite("ann", chat, part), 200);
    }

    Reply more = invite("ann", chat, "p" + (Circle.PEOPLE_MAX - 1));
    assertThat(more.status()).isEqualTo(409);
    assertThat(more.body().path("reason").asText()).isEqualTo("too-many");
    assertThat(parlour.send("ann", chat, "All of you")).isEqualTo(1);
  }
}
