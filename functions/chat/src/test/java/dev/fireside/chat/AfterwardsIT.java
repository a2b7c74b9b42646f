package dev.fireside.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.store.PresenceReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What follows from messages and from what becomes of people.
class AfterwardsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("CHAT_RETENTION_DAYS", "30"));

  private static final String CHAT = Parlour.direct("ann", "bob");

  private final Parlour parlour = new Parlour(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private long noticed(String uid, String chat) {
    return parlour.notice(uid, chat).map(Document::fields).map(it -> it.number("seq")).orElse(0L);
  }

  @Test
  void notifiesOnceOfTheNewestHoweverEventsCome() {
    parlour.people("ann", "bob", "cleo");
    String chat = parlour.group("ann", "bob", "cleo");
    parlour.as("cleo").put(Parlour.path(chat) + "/mute", Map.of());
    fireside.settle();
    fireside.faults().setAll(Fault.duplicate(2));
    fireside.faults().hold("chat-on-chat-written");
    for (int i = 0; i < 5; i++) {
      parlour.send("ann", chat, i == 4 ? "Hey @bob" : "m" + i);
    }
    fireside.faults().release();
    fireside.settle();

    assertThat(noticed("bob", chat)).isEqualTo(5);
    var fields = parlour.notice("bob", chat).orElseThrow().fields();
    assertThat(fields.text("kind")).contains("mention");
    assertThat(fields.text("reference")).contains(chat);
    assertThat(fields.flag("read")).isFalse();
    assertThat(parlour.notice("cleo", chat)).isEmpty();
    assertThat(parlour.notice("ann", chat)).isEmpty();

    parlour.as("cleo").delete(Parlour.path(chat) + "/mute");
    parlour.send("ann", chat, "Again");
    fireside.settle();
    assertThat(noticed("cleo", chat)).isEqualTo(6);
    assertThat(parlour.notice("cleo", chat).orElseThrow().fields().text("kind"))
        .contains("message");
  }

  @Test
  void notifiesWhoIsNotLookingAndNobodyElse() {
    parlour.people("ann", "bob", "cleo", "dan");
    String chat = parlour.group("ann", "bob", "cleo", "dan");
    presence("bob", "online");
    presence("cleo", "away");
    presence("dan", "offline");
    parlour.send("ann", chat, "Hello");
    fireside.settle();

    assertThat(parlour.notice("bob", chat)).isEmpty();
    assertThat(noticed("cleo", chat)).isEqualTo(1);
    assertThat(noticed("dan", chat)).isEqualTo(1);

    presence("bob", "offline");
    parlour.send("ann", chat, "Again");
    fireside.settle();
    assertThat(noticed("bob", chat)).isEqualTo(2);
  }

  @Test
  void knowsWhoIsOnlineWhenRedisHasLostItAndNobodyWhileItIsAway() {
    parlour.friends("ann", "bob");
    presence("bob", "online");
    fireside.flushRedis();
    parlour.send("ann", CHAT, "One");
    fireside.settle();
    assertThat(parlour.notice("bob", CHAT)).isEmpty();

    fireside.killRedis();
    parlour.send("ann", CHAT, "Two");
    fireside.settle();
    fireside.restartRedis();
    assertThat(noticed("bob", CHAT)).isEqualTo(2);
  }

  /// As the presence functions leave it.
  private void presence(String uid, String state) {
    parlour.documents().set("presence/" + uid, Map.of("state", state));
    new PresenceReader(fireside.platform()).refresh(new Uid(uid));
  }

  @Test
  void takesBackANotificationOfWhatWasReadAlsoBeforeItComes() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "One");
    fireside.settle();
    assertThat(noticed("bob", CHAT)).isEqualTo(1);
    fireside.faults().hold("chat-on-chat-written");
    parlour.send("ann", CHAT, "Two");
    parlour.read("bob", CHAT, 2);
    assertThat(parlour.notice("bob", CHAT)).isEmpty();
    fireside.faults().release();
    fireside.settle();

    assertThat(parlour.notice("bob", CHAT)).isEmpty();
  }

  @Test
  void mutesForAWhile() {
    parlour.friends("ann", "bob");
    parlour.send("bob", CHAT, "Hello");
    String until = fireside.clock().instant().plus(Duration.ofHours(1)).toString();
    parlour.as("bob").put(Parlour.path(CHAT) + "/mute", Map.of("until", until));
    parlour.send("ann", CHAT, "One");
    fireside.settle();
    assertThat(parlour.notice("bob", CHAT)).isEmpty();
    assertThat(parlour.as("bob").get(Parlour.path(CHAT)).body().path("muted").asBoolean()).isTrue();

    fireside.clock().advance(Duration.ofHours(2));
    parlour.send("ann", CHAT, "Two");
    fireside.settle();
    assertThat(noticed("bob", CHAT)).isEqualTo(3);
  }

  @Test
  void showsNothingOfWhoIsSuspendedAlsoInFlight() {
    parlour.people("ann", "bob", "cleo");
    String chat = parlour.group("ann", "bob", "cleo");
    parlour.send("bob", chat, "Before");
    fireside.settle();
    fireside.faults().hold("chat-on-chat-written");
    parlour.send("bob", chat, "In flight");
    parlour.status("bob", "suspended");
    fireside.faults().release();
    fireside.settle();

    assertThat(parlour.history("ann", chat)).isEmpty();
    assertThat(parlour.unread("ann", chat)).isZero();
    assertThat(parlour.notice("cleo", chat)).isEmpty();
    parlour.status("bob", "active");
    fireside.settle();
    assertThat(parlour.history("ann", chat)).containsExactly("Before", "In flight");
  }

  @Test
  void leavesNothingOfADeletedPersonButTheirPlaces() {
    parlour.people("ann", "bob", "cleo", "dan");
    String chat = parlour.group("bob", "ann", "cleo");
    String left = parlour.group("ann", "bob");
    parlour.follow("ann", "bob");
    for (int i = 0; i < 60; i++) {
      parlour.send("bob", chat, "bob" + i);
      parlour.send("ann", chat, "ann" + i);
    }
    parlour.as("bob").put(Parlour.message(chat, 2) + "/reactions/like");
    parlour.as("bob").put(Parlour.message(chat, 120) + "/reactions/like");
    parlour.send("bob", left, "Elsewhere");
    parlour.as("bob").delete(Parlour.member(left, "me"));
    parlour.send("bob", CHAT, "Between us");
    parlour.send("bob", Parlour.direct("bob", "dan"), "A request");
    parlour.read("bob", chat, 10);
    fireside.settle();
    fireside.faults().setAll(Fault.duplicate(1));

    parlour.documents().set("users/bob", Map.of("status", "deleted"));
    parlour.status("bob", "deleted");
    fireside.settle();

    assertThat(fireside.project().deadLetters()).isEmpty();
    List<String> history = parlour.history("ann", chat);
    assertThat(history).hasSize(120).startsWith("-", "ann0", "-").endsWith("ann59");
    assertThat(parlour.as("ann").get(Parlour.message(chat, 120)).body().path("reactions"))
        .isEmpty();
    assertThat(parlour.as("ann").get(Parlour.path(chat)).body().path("role").asText())
        .isEqualTo("owner");
    assertThat(parlour.history("ann", left)).containsExactly("-");
    assertThat(parlour.history("ann", CHAT)).containsExactly("-");
    assertThat(parlour.exists(Parlour.chatPath(Parlour.direct("bob", "dan")))).isFalse();
    assertThat(parlour.documents().list(parlour.documents().collectionGroup("standings")))
        .noneMatch(standing -> standing.id().equals("bob"));
    for (Document page : parlour.documents().list(parlour.documents().collectionGroup("history"))) {
      assertThat(page.fields().values().toString()).doesNotContain("bob");
    }
    assertThat(parlour.chat(chat).fields().values().toString()).doesNotContain("bob");
    assertThat(parlour.chat(left).fields().values().toString()).doesNotContain("bob");
  }

  @Test
  void forgetsWhatIsTooOld() {
    parlour.friends("ann", "bob");
    for (int i = 0; i < 120; i++) {
      parlour.send("ann", CHAT, "old" + i);
    }
    fireside.clock().advance(Duration.ofDays(20));
    parlour.send("ann", CHAT, "newer");
    fireside.fire("chat-retain");
    assertThat(parlour.history("bob", CHAT)).hasSize(121);
    fireside.clock().advance(Duration.ofDays(11));
    fireside.fire("chat-retain");
    fireside.fire("chat-retain");
    fireside.settle();

    assertThat(parlour.history("bob", CHAT)).containsExactly("newer");
    assertThat(parlour.unread("bob", CHAT)).isEqualTo(1);
    assertThat(parlour.send("bob", CHAT, "Next")).isEqualTo(122);
    fireside.clock().advance(Duration.ofDays(40));
    fireside.fire("chat-retain");
    assertThat(parlour.history("bob", CHAT)).isEmpty();
    assertThat(parlour.send("bob", CHAT, "On")).isEqualTo(123);
  }

  @Test
  void knowsAllWithoutRedis() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "One");
    fireside.flushRedis();
    parlour.send("ann", CHAT, "Two");
    fireside.flushRedis();

    assertThat(parlour.history("bob", CHAT)).containsExactly("One", "Two");
    assertThat(parlour.unread("bob", CHAT)).isEqualTo(2);
    assertThat(parlour.inbox("bob")).containsExactly(CHAT);
  }
}
