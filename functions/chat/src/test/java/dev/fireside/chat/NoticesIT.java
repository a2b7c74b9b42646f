package dev.fireside.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.store.Document;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A person's notification of a chat is of the newest message that they have not read, and is there
/// as long as there is one.
class NoticesIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final String CHAT = Parlour.direct("ann", "bob");

  private final Parlour parlour = new Parlour(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  /// Such as `3 mention`; `none`.
  private String notice(String uid, String chat) {
    fireside.settle();
    return parlour
        .notice(uid, chat)
        .map(Document::fields)
        .map(it -> it.number("seq") + " " + it.text("kind").orElse(""))
        .orElse("none");
  }

  @Test
  void goesWithAnAnswerAndComesWithTheNextMessage() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "One");
    assertThat(notice("bob", CHAT)).isEqualTo("1 message");
    parlour.send("bob", CHAT, "Two");
    assertThat(notice("bob", CHAT)).isEqualTo("none");
    parlour.send("ann", CHAT, "Three");
    assertThat(notice("bob", CHAT)).isEqualTo("3 message");
  }

  @Test
  void comesThoughTheAnswersEventIsLate() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "One");
    fireside.settle();
    fireside.faults().set("chat-on-chat-written", Fault.reorder(Duration.ofMillis(100)));
    for (int i = 0; i < 5; i++) {
      parlour.send("bob", CHAT, "Answer " + i);
      parlour.send("ann", CHAT, "Next " + i);
    }
    assertThat(notice("bob", CHAT)).isEqualTo("11 message");
    assertThat(notice("ann", CHAT)).isEqualTo("none");
  }

  @Test
  void staysWhereOnlyOlderMessagesWereRead() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "One");
    parlour.send("ann", CHAT, "Two");
    fireside.settle();
    // A device that was offline reports late.
    parlour.read("bob", CHAT, 1);
    assertThat(notice("bob", CHAT)).isEqualTo("2 message");
    parlour.read("bob", CHAT, 2);
    assertThat(notice("bob", CHAT)).isEqualTo("none");
  }

  @Test
  void saysMentionAsLongAsOneIsUnread() {
    parlour.people("ann", "bob");
    String chat = parlour.group("ann", "bob");
    parlour.send("ann", chat, "Hey @bob");
    parlour.send("ann", chat, "Look");
    assertThat(notice("bob", chat)).isEqualTo("2 mention");
    parlour.read("bob", chat, 2);
    parlour.send("ann", chat, "Again");
    assertThat(notice("bob", chat)).isEqualTo("3 message");
  }

  @Test
  void saysMentionThoughItsEventComesLast() {
    parlour.people("ann", "bob");
    String chat = parlour.group("ann", "bob");
    fireside.settle();
    for (int i = 0; i < 3; i++) {
      fireside.faults().set("chat-on-chat-written", Fault.reorder(Duration.ofMillis(100)));
      parlour.send("ann", chat, "Hey @bob");
      parlour.send("ann", chat, "Look");
      assertThat(notice("bob", chat)).isEqualTo((2 * i + 2) + " mention");
      parlour.read("bob", chat, 2L * i + 2);
    }
  }

  @Test
  void isOfTheNewestThatIsSeenWhereManyWriteAtOnce() {
    parlour.people("ann", "bob", "cleo", "dan");
    String chat = parlour.group("ann", "bob", "cleo", "dan");
    parlour.block("bob", "cleo");
    fireside.settle();
    List<String> writers = List.of("ann", "cleo", "dan", "cleo", "cleo", "cleo");
    Calls.atOnce(12, i -> parlour.send(writers.get(i % writers.size()), chat, "Hello " + i));

    assertThat(notice("bob", chat)).isEqualTo(newestOf(chat, "bob") + " message");
  }

  private long newestOf(String chat, String reader) {
    return parlour.as(reader).get(Parlour.messages(chat)).body().at("/items/0/seq").asLong();
  }

  @Test
  void goesBackOrAwayWithADeletedMessage() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "One");
    parlour.send("ann", CHAT, "Two");
    assertThat(notice("bob", CHAT)).isEqualTo("2 message");
    parlour.as("ann").delete(Parlour.message(CHAT, 2));
    assertThat(notice("bob", CHAT)).isEqualTo("1 message");
    parlour.as("ann").delete(Parlour.message(CHAT, 1));
    assertThat(notice("bob", CHAT)).isEqualTo("none");
  }

  @Test
  void goesWithWhoIsRemovedLeavesOrDeclines() {
    parlour.people("ann", "bob", "cleo", "dan");
    String chat = parlour.group("ann", "bob", "cleo");
    parlour.as("ann").post(Parlour.path(chat) + "/members", Map.of("uids", List.of("dan")));
    parlour.send("ann", chat, "Hello");
    assertThat(notice("bob", chat)).isEqualTo("1 message");
    assertThat(notice("dan", chat)).isEqualTo("0 chat_invitation");

    parlour.as("ann").delete(Parlour.member(chat, "bob"));
    parlour.as("cleo").delete(Parlour.member(chat, "me"));
    parlour.as("dan").post(Parlour.path(chat) + "/decline");
    assertThat(notice("bob", chat)).isEqualTo("none");
    assertThat(notice("cleo", chat)).isEqualTo("none");
    assertThat(notice("dan", chat)).isEqualTo("none");
  }

  @Test
  void ofAnInvitationGoesOnceItIsAccepted() {
    parlour.people("ann", "bob");
    String chat = parlour.group("ann");
    parlour.as("ann").post(Parlour.path(chat) + "/members", Map.of("uids", List.of("bob")));
    assertThat(notice("bob", chat)).isEqualTo("0 chat_invitation");
    parlour.as("bob").post(Parlour.path(chat) + "/accept");
    assertThat(notice("bob", chat)).isEqualTo("none");
  }

  @Test
  void goesAcrossABlock() {
    parlour.friends("ann", "bob");
    parlour.send("ann", CHAT, "Hello");
    assertThat(notice("bob", CHAT)).isEqualTo("1 message");
    parlour.block("bob", "ann");
    assertThat(notice("bob", CHAT)).isEqualTo("none");
  }
}
