package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Standing;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.Live;
import dev.fireside.chat.store.Standings;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Keeps what a person says of a chat for themselves: how far they have read, whether they want
/// notifications, what they do not want to see any more.
final class KeepStanding {
  private final Gate gate;
  private final ChatStore chats;
  private final Standings standings;
  private final Live live;

  KeepStanding(Stores stores, Gate gate) {
    this.gate = gate;
    this.chats = stores.chats();
    this.standings = stores.standings();
    this.live = stores.live();
  }

  /// How far a person has read.
  record ReadUpTo(long read) {}

  /// Notes that a person has read up to a message.
  ///
  /// @return how far they have read now: never less than before
  ReadUpTo read(Uid reader, ChatId id, long seq) {
    Chat chat = gate.reading(reader, id);
    if (seq > chat.log().last()) {
      throw Problems.field(
          ProblemType.INVALID_INPUT, "seq", "is above the newest message: " + chat.log().last());
    }
    long read = chat.log().readBy(reader, standings.read(id, reader, seq));
    // Who was only asked does not say yet that they look.
    if (chat.circle().has(reader)) {
      live.read(chat, reader, read);
    }
    return new ReadUpTo(read);
  }

  void mute(Uid uid, ChatId id, boolean muted, @Nullable Instant until) {
    gate.knowing(uid, id);
    standings.mute(id, uid, muted, until);
  }

  /// Takes a message away for one person.
  void hide(Uid uid, ChatId id, long seq) {
    Chat chat = gate.reading(uid, id);
    if (chats.message(chat, seq).isEmpty()) {
      throw Problems.noSuchMessage();
    }
    if (!standings.hide(id, uid, seq)) {
      throw Problems.tooMany(
          "At most " + Standing.HIDDEN_MAX + " messages of a chat can be taken away for oneself");
    }
  }
}
