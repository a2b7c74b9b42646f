package dev.fireside.chat;

import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Circle;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.Live;
import dev.fireside.chat.store.People;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.ids.Uid;

/// Takes the direct chat of two people out of their sight once one has blocked the other, declines
/// it where it was a request, and puts it back when no block is left.
final class SyncBlock {
  private final ChatStore chats;
  private final People people;
  private final Live live;

  SyncBlock(Stores stores) {
    this.chats = stores.chats();
    this.people = stores.people();
    this.live = stores.live();
  }

  void sync(Uid blocker, Uid blocked) {
    ChatId id = ChatId.direct(blocker, blocked);
    if (!people.blocked(blocker, blocked)) {
      live.rebuild(id);
      return;
    }
    chats.rewrite(
        id,
        chat -> {
          Circle circle = chat.circle();
          return circle.isAsked(blocker) ? chat.with(circle.declinedBy(blocker)) : chat;
        });
    live.close(id);
  }
}
