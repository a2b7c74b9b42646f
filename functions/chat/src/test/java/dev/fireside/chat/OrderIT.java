package dev.fireside.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.Stores;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.Counts;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Many who write at the same time, and what that costs.
class OrderIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final int SENDERS = 50;

  private final Parlour parlour = new Parlour(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void givesFiftySendersOneOrderInFewCommits() {
    String[] people = IntStream.range(0, SENDERS).mapToObj(i -> "p" + i).toArray(String[]::new);
    parlour.people(people);
    String chat = parlour.group("p0", people);
    fireside.faults().holdAll();
    Counts before = fireside.counts();

    List<Long> places = Calls.atOnce(SENDERS, i -> parlour.send("p" + i, chat, "From " + i));

    assertThat(fireside.counts().minus(before).writes()).isLessThanOrEqualTo(SENDERS);
    assertThat(places)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, SENDERS).boxed().toList());
    List<String> history = parlour.history("p1", chat);
    for (int i = 0; i < SENDERS; i++) {
      assertThat(history.get((int) (places.get(i) - 1))).isEqualTo("From " + i);
    }
    assertThat(parlour.history("p2", chat)).isEqualTo(history);
  }

  @Test
  void sendsOnceWhatComesTenTimes() {
    parlour.friends("ann", "bob");
    String chat = Parlour.direct("ann", "bob");

    List<Reply> replies = Calls.atOnce(10, i -> parlour.sendAs("ann", chat, "same", "Hello"));

    assertThat(replies).extracting(Reply::status).containsOnly(201);
    assertThat(new HashSet<>(replies.stream().map(Reply::body).toList())).hasSize(1);
    assertThat(parlour.history("bob", chat)).containsExactly("Hello");
  }

  /// Each of these has lanes of its own, as each process does.
  @Test
  void keepsOneOrderAmongProcesses() {
    parlour.friends("ann", "bob");
    ChatId id = ChatId.direct(new Uid("ann"), new Uid("bob"));
    parlour.send("ann", id.value(), "First");
    List<ChatStore> stores =
        Stream.generate(() -> Stores.of(fireside.platform()).chats()).limit(4).toList();

    List<Long> places =
        Calls.atOnce(
            40,
            i ->
                stores
                    .get(i % stores.size())
                    .change(id, "key" + i % 20, (chat, kept) -> sent(chat, "key" + i % 20)));

    assertThat(places).containsAll(LongStream.rangeClosed(2, 21).boxed().toList());
    assertThat(new HashSet<>(places)).hasSize(20);
    assertThat(parlour.history("bob", id.value())).hasSize(21);
  }

  private static ChatStore.Changed<Long> sent(Chat chat, String key) {
    for (Message message : chat.log().tail()) {
      if (message.key().equals(key)) {
        return new ChatStore.Changed<>(chat, message.seq());
      }
    }
    long seq = chat.log().last() + 1;
    Instant at = chat.log().after(fireside.clock().instant());
    var message =
        new Message(
            seq, new Uid("ann"), key, "", key, List.of(), 0, List.of(), at, null, false, Map.of());
    return new ChatStore.Changed<>(chat.with(chat.log().with(message)), seq);
  }

  @Test
  void letsEverybodyChangeOneMessageAtOnce() {
    String[] people = IntStream.range(0, 20).mapToObj(i -> "p" + i).toArray(String[]::new);
    parlour.people(people);
    String chat = parlour.group("p0", people);
    parlour.send("p0", chat, "Like it");

    Calls.atOnce(
        20, i -> parlour.as("p" + i).put(Parlour.message(chat, 1) + "/reactions/like").status());

    Reply read = parlour.as("p0").get(Parlour.message(chat, 1));
    assertThat(read.body().path("reactions").path("like").asInt()).isEqualTo(20);
  }

  @Test
  void costsOneWriteAMessage() {
    parlour.friends("ann", "bob");
    String chat = Parlour.direct("ann", "bob");
    parlour.send("ann", chat, "First");
    parlour.send("bob", chat, "Warm");
    fireside.settle();
    fireside.faults().holdAll();
    Counts before = fireside.counts();
    parlour.send("bob", chat, "Second");

    assertThat(fireside.counts().minus(before).writes()).isEqualTo(1);
    assertThat(fireside.counts().minus(before).reads()).isEqualTo(1);
    fireside.faults().release();
    fireside.settle();
    // Nobody is known to be online: ann's notification.
    assertThat(fireside.counts().minus(before).writes()).isEqualTo(2);

    // Each fiftieth moves the fifty before it to a page.
    parlour.as("ann").put(Parlour.path(chat) + "/mute", Map.of());
    parlour.as("bob").put(Parlour.path(chat) + "/mute", Map.of());
    fireside.settle();
    before = fireside.counts();
    for (int i = 0; i < 110; i++) {
      parlour.send("bob", chat, "m" + i);
    }
    fireside.settle();
    assertThat(fireside.counts().minus(before).writes()).isEqualTo(110 + 1);
  }
}
