package dev.fireside.chat;

import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.store.Live;
import dev.fireside.chat.store.PurgeStore;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Continuation;
import dev.fireside.shared.events.Topics;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.AccountStatus;
import java.util.List;

/// Follows what becomes of a person: the words of who is suspended leave the live copies, and come
/// back with them; those of who is deleted go for good. Goes on by messages.
final class FollowPerson {
  /// Pages in one go; the rest is left to the next message.
  private static final int PAGES_MAX = 20;

  private static final int CHATS = 20;
  private static final String PURGE = "chat-purge-user";
  private static final String REFRESH = "chat-refresh-user";

  private final PurgeStore store;
  private final Live live;
  private final Topics topics;
  private final Continuation<Gone> purge;

  FollowPerson(Platform platform, Stores stores) {
    this.store = new PurgeStore(platform, stores);
    this.live = stores.live();
    this.topics = platform.topics();
    this.purge =
        new Continuation<>(topics, PURGE, PAGES_MAX, gone -> store.purgePageOf(gone.uid()));
  }

  /// A message to go on removing.
  record Gone(Uid uid) {}

  /// A message to go on with live copies.
  ///
  /// @param after name of the chat's document after which to go on; empty for the start
  record Changed(Uid uid, String after) {}

  void on(Uid uid, AccountStatus status) {
    if (status == AccountStatus.DELETED) {
      purge(new Gone(uid));
    } else {
      refresh(new Changed(uid, ""));
    }
  }

  void purge(Gone gone) {
    purge.run(gone);
  }

  void refresh(Changed changed) {
    String after = changed.after();
    for (int page = 0; page < PAGES_MAX; page++) {
      List<ChatId> found = store.liveOf(changed.uid(), after, CHATS);
      found.forEach(live::rebuild);
      if (found.size() < CHATS) {
        return;
      }
      after = found.getLast().documentName();
    }
    topics.publish(REFRESH, new Changed(changed.uid(), after));
  }
}
