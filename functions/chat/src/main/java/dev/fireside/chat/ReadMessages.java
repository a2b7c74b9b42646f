package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.domain.Standing;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.People;
import dev.fireside.chat.store.Standings;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import dev.fireside.social.domain.PersonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows messages to somebody: those of people whom they may see, but for those they took away for
/// themselves, and the places of deleted ones.
final class ReadMessages {
  /// Unread messages are counted up to here.
  static final int UNREAD_MAX = 100;

  private static final int COUNTED_AT_ONCE = 100;

  private final Gate gate;
  private final ChatStore chats;
  private final Standings standings;
  private final People people;

  ReadMessages(Stores stores, Gate gate) {
    this.gate = gate;
    this.chats = stores.chats();
    this.standings = stores.standings();
    this.people = stores.people();
  }

  /// Messages of a chat, newest first.
  ///
  /// @param before place before which the list goes on; null for the newest
  Part<MessageView> list(Uid viewer, Chat chat, int limit, @Nullable String before) {
    Set<Long> hidden = standings.get(chat.id(), viewer).hidden();
    return Part.fill(
        limit,
        before,
        (position, count) ->
            chats.messages(
                chat, position == null ? Long.MAX_VALUE : Long.parseLong(position), count),
        message -> Long.toString(message.seq()),
        found -> present(viewer, found, hidden),
        view -> Long.toString(view.seq()));
  }

  /// One message. Throws a 404 problem where it is not shown.
  MessageView read(Uid viewer, ChatId id, long seq) {
    Chat chat = gate.reading(viewer, id);
    Message message = chats.message(chat, seq).orElseThrow(Problems::noSuchMessage);
    return present(viewer, message, standings.get(id, viewer).hidden());
  }

  /// A message that somebody has just changed.
  MessageView present(Uid viewer, Message message) {
    return present(viewer, message, Set.of());
  }

  private MessageView present(Uid viewer, Message message, Set<Long> hidden) {
    return present(viewer, List.of(message), hidden).stream()
        .findFirst()
        .orElseThrow(Problems::noSuchMessage);
  }

  private List<MessageView> present(Uid viewer, List<Message> found, Set<Long> hidden) {
    return present(viewer, found, hidden, people.visible(viewer, senders(found)));
  }

  /// @param visible people whom the viewer may see, all senders looked up
  static List<MessageView> present(
      Uid viewer, List<Message> found, Set<Long> hidden, Map<Uid, PersonView> visible) {
    var views = new ArrayList<MessageView>();
    for (Message message : found) {
      if (hidden.contains(message.seq())) {
        continue;
      }
      PersonView sender = message.sender() == null ? null : visible.get(message.sender());
      if (message.deleted()) {
        views.add(MessageView.place(message));
      } else if (sender != null) {
        views.add(MessageView.of(message, sender, viewer));
      }
    }
    return views;
  }

  /// The people whose words these are, each once.
  static List<Uid> senders(List<Message> found) {
    return found.stream()
        .filter(message -> !message.deleted())
        .map(Message::sender)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /// How many messages of others a reader is shown and has not read: up to [#UNREAD_MAX], which
  /// stands for more as well.
  int unread(Uid viewer, Chat chat, Standing standing, Map<Uid, PersonView> visibleInTail) {
    long marker = chat.log().readBy(viewer, standing.read());
    long before = chat.log().last() + 1;
    int count = 0;
    Map<Uid, PersonView> visible = visibleInTail;
    List<Message> part = chat.log().tail().reversed();
    while (count < UNREAD_MAX && before - 1 > marker && !part.isEmpty()) {
      for (MessageView view : present(viewer, part, standing.hidden(), visible)) {
        PersonView sender = view.sender();
        boolean others = sender != null && !sender.uid().equals(viewer);
        count += others && view.seq() > marker ? 1 : 0;
      }
      before = part.getLast().seq();
      part = before - 1 > marker ? chats.messages(chat, before, COUNTED_AT_ONCE) : List.of();
      visible = people.visible(viewer, senders(part));
    }
    return Math.min(count, UNREAD_MAX);
  }
}
