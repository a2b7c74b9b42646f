package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.store.ChatDocument;
import dev.fireside.chat.store.Live;
import dev.fireside.chat.store.Notices;
import dev.fireside.chat.store.PurgeStore;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.store.PresenceReader;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sees to what follows from a change of a chat: its live copy, where whoever wrote it came no
/// further, notifications, and that it goes with the last who had it.
final class HealChat {
  private final Live live;
  private final Notices notices;
  private final PurgeStore purge;
  private final PresenceReader presence;

  HealChat(Platform platform, Stores stores) {
    this.live = stores.live();
    this.notices = new Notices(platform, stores.standings(), stores.people());
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
    boolean spoken = after.log().last() > (before == null ? 0 : before.log().last());
    Set<Uid> concerned = moved(before, after);
    Set<Uid> told = new LinkedHashSet<>();
    if (spoken || deletions(after) != deletions(before)) {
      concerned.addAll(after.readers());
    }
    if (spoken) {
      told.addAll(after.readers());
      told.removeAll(presence.online(told));
    }
    Set<Uid> invited = new LinkedHashSet<>(after.circle().asked().keySet());
    invited.retainAll(concerned);
    notices.sync(after.id(), concerned, told, invited);
  }

  /// Those who have come, were asked, or are gone.
  private static Set<Uid> moved(@Nullable Chat before, Chat after) {
    var moved = new LinkedHashSet<>(after.circle().members());
    moved.addAll(after.circle().asked().keySet());
    if (before != null) {
      moved.addAll(before.circle().members());
      moved.addAll(before.circle().asked().keySet());
      moved.removeIf(uid ->
          before.circle().has(uid) == after.circle().has(uid)
              && before.circle().isAsked(uid) == after.circle().isAsked(uid));
    }
    return moved;
  }

  /// Messages of the tail that were taken away.
  private static long deletions(@Nullable Chat chat) {
    return chat == null ? 0 : chat.log().tail().stream().filter(Message::deleted).count();
  }

  private static @Nullable Chat parse(@Nullable Document document) {
    return document == null ? null : ChatDocument.parse(document);
  }
}
