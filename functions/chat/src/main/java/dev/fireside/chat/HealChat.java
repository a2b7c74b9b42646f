package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.store.ChatDocument;
import dev.fireside.chat.store.Live;
import dev.fireside.chat.store.Notices;
import dev.fireside.chat.store.People;
import dev.fireside.chat.store.PurgeStore;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.store.PresenceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sees to what follows from a change of a chat: its live copy, where whoever wrote it came no
/// further, notifications, and that it goes with the last who had it.
final class HealChat {
  private final Live live;
  private final Notices notices;
  private final People people;
  private final PurgeStore purge;
  private final PresenceReader presence;

  HealChat(Platform platform, Stores stores) {
    this.live = stores.live();
    this.people = stores.people();
    this.notices = new Notices(platform, stores.standings());
    this.purge = new PurgeStore(platform, stores);
    this.presence = new PresenceReader(platform);
  }

  void heal(DocumentChange change) {
    Chat before = parse(change.before());
    Chat after = parse(change.after());
    live.publishAgain(before, after);
    if (after == null) {
      return;
    }
    notify(before, after);
    if (PurgeStore.isAbandoned(after)) {
      purge.removeIfAbandoned(after.id());
    }
  }

  private void notify(@Nullable Chat before, Chat after) {
    long known = before == null ? 0 : before.log().last();
    if (after.log().last() > known && !after.log().tail().isEmpty()) {
      notifyOf(after, after.log().tail().getLast());
    }
    if (!after.isDirect()) {
      List<Uid> invited = new ArrayList<>(after.circle().asked().keySet());
      if (before != null) {
        invited.removeAll(before.circle().asked().keySet());
      }
      notices.writeInvitation(after, invited);
    }
  }

  private void notifyOf(Chat chat, Message message) {
    Uid sender = message.sender();
    if (sender == null || message.deleted()) {
      return;
    }
    List<Uid> readers = new ArrayList<>(chat.readers());
    readers.add(sender);
    Map<Uid, People.Seen> seen = people.look(sender, Set.copyOf(readers));
    People.Seen self = seen.get(sender);
    if (self == null || !self.isActive()) {
      return;
    }
    readers.removeIf(uid -> {
      People.Seen one = seen.get(uid);
      return uid.equals(sender) || one == null || !one.isActive() || one.relation().blocked();
    });
    readers.removeAll(presence.online(readers));
    notices.write(chat, message, readers);
  }

  private static @Nullable Chat parse(@Nullable Document document) {
    return document == null ? null : ChatDocument.parse(document);
  }
}
