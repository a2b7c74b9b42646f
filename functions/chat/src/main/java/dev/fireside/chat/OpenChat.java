package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Circle;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.Live;
import dev.fireside.chat.store.People;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// Opens the direct chat with somebody, or a new group.
final class OpenChat {
  private final ChatStore chats;
  private final Live live;
  private final People people;
  private final Invitations invitations;
  private final Clock clock;

  OpenChat(Stores stores, Invitations invitations, Clock clock) {
    this.chats = stores.chats();
    this.live = stores.live();
    this.people = stores.people();
    this.invitations = invitations;
    this.clock = clock;
  }

  /// What came of it.
  ///
  /// @param isNew false where it existed
  record Outcome(Chat chat, boolean isNew) {}

  Outcome direct(Uid caller, Uid other) {
    if (caller.equals(other)) {
      throw ProblemException.conflict(Reason.YOURSELF, "Nobody chats with themselves");
    }
    Map<Uid, People.Seen> seen = people.look(caller, List.of(caller, other));
    invitations.checkProfile(caller, seen);
    if (!invitations.isVisible(caller, other, seen)) {
      throw Problems.field(ProblemType.NOT_FOUND, "with", "is nobody whom you can see");
    }
    ChatId id = ChatId.direct(caller, other);
    Instant now = now();
    return chats.change(
        id,
        (chat, _) -> {
          Chat open = chat == null ? Chat.direct(id, live.placeFor(id), now) : chat;
          return new ChatStore.Changed<>(open, new Outcome(open, chat == null));
        });
  }

  /// @param id of the new group; the same on every attempt of one request
  Outcome group(Uid caller, String id, String title, List<Uid> others) {
    Circle circle = invitations.invited(Circle.of(caller), caller, others, "members");
    ChatId chatId = new ChatId(id);
    Instant now = now();
    return chats.change(
        chatId,
        (chat, _) -> {
          Chat group =
              chat == null ? Chat.group(chatId, live.placeFor(chatId), title, circle, now) : chat;
          return new ChatStore.Changed<>(group, new Outcome(group, true));
        });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
