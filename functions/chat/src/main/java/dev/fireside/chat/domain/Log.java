package dev.fireside.chat.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The messages of a chat as its document holds them: the newest, and what there is to know of all.
/// Older ones are in pages.
///
/// @param last place of the newest message; 0 before the first
/// @param lastAt when something happened that belongs into lists; null before the first message of
///   a direct chat
/// @param sent the place of each person's newest message: they have read up to it
/// @param tail the newest messages, in their order, without gaps up to `last`
public record Log(long last, @Nullable Instant lastAt, Map<Uid, Long> sent, List<Message> tail) {
  /// Messages in the chat's own document, at most.
  static final int TAIL_MAX = 100;

  /// What they take there, at most: a document holds 1 MiB.
  static final int TAIL_BYTES_MAX = 250_000;

  /// Messages that go to a page at once.
  static final int PAGE = 50;

  /// Bytes of a page or tail, above which nothing is added to its messages any more.
  private static final int BYTES_MAX = 800_000;

  public Log {
    sent = Collections.unmodifiableMap(new HashMap<>(sent));
    tail = List.copyOf(tail);
  }

  /// A chat without messages.
  ///
  /// @param at from when on it is in lists; null for not yet
  public static Log empty(@Nullable Instant at) {
    return new Log(0, at, Map.of(), List.of());
  }

  /// The place of the oldest message of the tail; one above the newest where there is none.
  public long first() {
    return tail.isEmpty() ? last + 1 : tail.getFirst().seq();
  }

  /// The time for a message of now: later than that of any before it.
  public Instant after(Instant now) {
    Instant before = lastAt;
    return before == null || now.isAfter(before) ? now : before.plusNanos(1_000);
  }

  /// With one more message.
  public Log with(Message message) {
    if (message.seq() != last + 1) {
      throw new IllegalArgumentException("Not the next message");
    }
    var more = new ArrayList<>(tail);
    more.add(message);
    var senders = new HashMap<>(sent);
    if (message.sender() != null) {
      senders.put(message.sender(), message.seq());
    }
    return new Log(message.seq(), message.at(), senders, more);
  }

  /// A message of the tail.
  public Optional<Message> find(long seq) {
    long index = seq - first();
    return index >= 0 && index < tail.size()
        ? Optional.of(tail.get((int) index))
        : Optional.empty();
  }

  /// With each message of the tail changed.
  public Log changed(UnaryOperator<Message> change) {
    return new Log(last, lastAt, sent, tail.stream().map(change).toList());
  }

  /// With one message of the tail changed.
  public Log changed(long seq, UnaryOperator<Message> change) {
    return changed(message -> message.seq() == seq ? change.apply(message) : message);
  }

  /// Without what it knows of a person.
  public Log without(Uid uid) {
    var senders = new HashMap<>(sent);
    senders.remove(uid);
    Log rest = changed(message -> message.without(uid));
    return new Log(rest.last, rest.lastAt, senders, rest.tail);
  }

  /// Up to where a person has read.
  ///
  /// @param marker as far as they said themselves
  public long readBy(Uid uid, long marker) {
    return Math.min(last, Math.max(marker, sent.getOrDefault(uid, 0L)));
  }

  /// The oldest messages, which have to go to a page; none while there is room.
  public List<Message> overflow() {
    if (tail.size() <= 1 || (tail.size() < TAIL_MAX && bytes(tail) < TAIL_BYTES_MAX)) {
      return List.of();
    }
    return tail.subList(0, tail.size() > PAGE ? PAGE : tail.size() - 1);
  }

  /// The rest, once the oldest of the tail are elsewhere.
  ///
  /// @param count how many
  public Log withoutOldest(int count) {
    return new Log(last, lastAt, sent, tail.subList(count, tail.size()));
  }

  /// How many of the oldest were sent before an instant.
  public int countBefore(Instant instant) {
    int count = 0;
    while (count < tail.size() && tail.get(count).at().isBefore(instant)) {
      count++;
    }
    return count;
  }

  /// Whether a change of messages leaves them small enough for their document, or makes them no
  /// larger.
  public static boolean fits(List<Message> before, List<Message> after) {
    int bytes = bytes(after);
    return bytes <= BYTES_MAX || bytes <= bytes(before);
  }

  /// About what messages take in a document, at most.
  public static int bytes(List<Message> messages) {
    return messages.stream().mapToInt(Message::bytes).sum();
  }
}
