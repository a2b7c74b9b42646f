package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.People;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.ids.Uid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides who may look into a chat. A direct chat is not there for either while one has blocked
/// the other.
final class Gate {
  private final ChatStore chats;
  private final People people;

  Gate(Stores stores) {
    this.chats = stores.chats();
    this.people = stores.people();
  }

  /// A chat that somebody may read. Throws a 404 problem where they may not.
  Chat reading(Uid viewer, ChatId id) {
    checkBlock(viewer, id);
    return chats.get(id).filter(chat -> chat.isReadBy(viewer)).orElseThrow(Problems::noSuchChat);
  }

  /// A chat that somebody has, or is asked to. Throws a 404 problem where neither is the case.
  Chat knowing(Uid viewer, ChatId id) {
    checkBlock(viewer, id);
    return chats
        .get(id)
        .filter(chat -> chat.circle().has(viewer) || chat.circle().isAsked(viewer))
        .orElseThrow(Problems::noSuchChat);
  }

  /// Throws a 404 problem where the other of a direct chat and this person have a block between
  /// them.
  void checkBlock(Uid viewer, ChatId id) {
    if (id.isDirect()) {
      Uid other = id.other(viewer);
      People.Seen seen = people.look(viewer, List.of(other)).get(other);
      if (seen == null || seen.relation().blocked()) {
        throw Problems.noSuchChat();
      }
    }
  }

  /// A chat as a change finds it, for a member. Throws a 404 problem for anybody else.
  static Chat member(@Nullable Chat chat, Uid uid) {
    if (chat == null || !chat.circle().has(uid)) {
      throw Problems.noSuchChat();
    }
    return chat;
  }
}
