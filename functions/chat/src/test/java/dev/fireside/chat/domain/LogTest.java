package dev.fireside.chat.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.ReactionKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogTest {
  private static final Uid ANN = new Uid("ann");
  private static final Uid BOB = new Uid("bob");
  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

  private static Message message(long seq, Uid sender, String text) {
    return new Message(
        seq,
        sender,
        "k" + seq,
        "",
        text,
        List.of(),
        0,
        List.of(),
        NOW.plusSeconds(seq),
        null,
        false,
        Map.of());
  }

  private static Log of(int count, String text) {
    Log log = Log.empty(null);
    for (int seq = 1; seq <= count; seq++) {
      log = log.with(message(seq, ANN, text));
    }
    return log;
  }

  @Test
  void movesTheOldestAwayWhenThereAreManyOrLargeOnes() {
    assertThat(of(Log.TAIL_MAX - 1, "x").overflow()).isEmpty();
    assertThat(of(Log.TAIL_MAX, "x").overflow()).hasSize(Log.PAGE);
    String large = "x".repeat(Message.TEXT_MAX);
    Log log = of(30, large);
    assertThat(log.overflow()).hasSize(29);
    Log rest = log.withoutOldest(29);
    assertThat(rest.overflow()).isEmpty();
    assertThat(rest.first()).isEqualTo(30);
    assertThat(rest.last()).isEqualTo(30);
    assertThat(Log.bytes(of(Log.PAGE, large).tail())).isLessThan(1_000_000);
  }

  @Test
  void takesNoMoreReactionsThanADocumentHolds() {
    List<Message> some = List.of(liked(250));
    List<Message> many = List.of(liked(25_000));

    assertThat(Log.fits(List.of(), some)).isTrue();
    assertThat(Log.fits(some, many)).isFalse();
    assertThat(Log.fits(many, many)).isTrue();
    assertThat(Log.fits(many, some)).isTrue();
  }

  private static Message liked(int times) {
    Message message = message(1, ANN, "x");
    Set<Uid> people =
        IntStream.range(0, times)
            .mapToObj(i -> new Uid("person-number-" + i))
            .collect(Collectors.toSet());
    return new Message(
        1,
        ANN,
        message.key(),
        "",
        "x",
        List.of(),
        0,
        List.of(),
        NOW,
        null,
        false,
        Map.of(ReactionKind.LIKE, people));
  }

  @Test
  void hasReadWhatOnesOwnMessageFollows() {
    Log log = of(3, "x").with(message(4, BOB, "y")).with(message(5, ANN, "z"));

    assertThat(log.readBy(BOB, 2)).isEqualTo(4);
    assertThat(log.readBy(BOB, 9)).isEqualTo(5);
    assertThat(log.readBy(new Uid("cleo"), 0)).isZero();
  }

  @Test
  void goesForwardInTimeWhateverTheClockSays() {
    Log log = of(1, "x");

    assertThat(log.after(NOW)).isAfter(NOW.plusSeconds(1));
    assertThat(log.after(NOW.plusSeconds(9))).isEqualTo(NOW.plusSeconds(9));
  }

  @Test
  void leavesNothingOfAPerson() {
    Log log = of(1, "x").with(message(2, BOB, "y"));
    log = log.changed(1, found -> found.withReaction(BOB, ReactionKind.LIKE, true));

    Log rest = log.without(BOB);

    assertThat(rest.tail().getFirst().reactions()).isEmpty();
    assertThat(rest.tail().getLast().deleted()).isTrue();
    assertThat(rest.tail().getLast().sender()).isNull();
    assertThat(rest.sent()).containsOnlyKeys(ANN);
    assertThat(rest.last()).isEqualTo(2);
  }
}
