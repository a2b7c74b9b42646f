package dev.fireside.chat;

import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Circle;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.Live;
import dev.fireside.chat.store.Notices;
import dev.fireside.chat.store.People;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import java.util.Set;

/// Takes the direct chat of two people out of their sight once one has blocked the other, declines
/// it where it was a request, and puts it back when no block is left.
final class SyncBlock {
  private final ChatStore chats;
  private final People people;
  private final Live live;
  private final Notices notices;

  SyncBlock(Platform platform, Stores stores) {
    this.chats = stores.chats();
    this.people = stores.people();
    this.live = stores.live();
    this.notices = new Notices(platform, stores.standings(), stores.people());
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
    notices.sync(id, id.pair(), Set.of(), Set.of());
  }
}
