package dev.fireside.presence;

import dev.fireside.presence.store.StatusTree;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets somebody listen to the presence of others, as far as they may see it.
final class WatchPeople {
  private final Stores stores;
  private final LookAt lookAt;
  private final CountPresence countPresence;

  WatchPeople(Stores stores, Clock clock) {
    this.stores = stores;
    this.lookAt = new LookAt(stores);
    this.countPresence = new CountPresence(stores, clock);
  }

  /// Where to listen.
  ///
  /// @param database the address of the database; null where the project has none
  /// @param path in it
  record Place(Uid uid, @Nullable String database, String path) {}

  /// Those whom the watcher may listen to, and until when.
  record Watching(List<Place> items, Instant until) {
    Watching {
      items = List.copyOf(items);
    }
  }

  /// What may no longer be seen once it was written is taken back: a block, an unfollow or a
  /// setting of the same moment ends what it finds, and this finds what it has left in Redis.
  Watching watch(Uid watcher, List<Uid> people) {
    var seen = new ArrayList<>(seen(watcher, people));
    Instant until = stores.watchers().let(watcher, seen);
    Set<Uid> still = seen(watcher, seen);
    List<Uid> lost = seen.stream().filter(other -> !still.contains(other)).toList();
    if (!lost.isEmpty()) {
      stores.watchers().end(watcher, lost);
    }
    bringHome(still);
    return new Watching(still.stream().map(this::place).toList(), until);
  }

  private Set<Uid> seen(Uid watcher, List<Uid> people) {
    var batch = stores.redis().batch();
    var seen = lookAt.lookup(batch, watcher, people);
    batch.runOrGiveUp();
    return seen.get();
  }

  /// Publishes how present people are where they live, where that is another database since.
  private void bringHome(Collection<Uid> people) {
    stores
        .presence()
        .getAll(people)
        .forEach((uid, presence) -> {
          if (!stores.tree().isAtHome(uid, presence)) {
            countPresence.verify(uid);
          }
        });
  }

  private Place place(Uid uid) {
    return new Place(uid, stores.tree().home(uid).url(), StatusTree.presence(uid));
  }
}
