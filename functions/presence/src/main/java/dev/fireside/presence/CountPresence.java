package dev.fireside.presence;

import dev.fireside.presence.domain.Connection;
import dev.fireside.presence.domain.Connections;
import dev.fireside.presence.domain.Settings;
import dev.fireside.presence.store.CountTurns;
import dev.fireside.presence.store.PresenceStore;
import dev.fireside.presence.store.SettingsStore;
import dev.fireside.presence.store.StatusTree;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.realtime.RealtimeDatabase;
import dev.fireside.social.domain.Presence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts a person's connections and publishes what they amount to, and what the person says they
/// are doing, where that has changed.
///
/// It goes by the connections that there are, never by what an event says: duplicates, stale and
/// reordered events change nothing. Costs one read of the Realtime Database, no read of Firestore
/// and one write, and that only where the person came, went, or began or ended to be away.
public final class CountPresence {
  /// Connections a person may have; of more the newest count, and the others are removed.
  static final int CONNECTIONS_MAX = 20;

  /// A connection that was not heard of for so long is dead: clients say every 5 min that they are
  /// still there.
  static final Duration DEAD_AFTER = Duration.ofMinutes(16);

  private final PresenceStore store;
  private final StatusTree tree;
  private final SettingsStore settings;
  private final CountTurns turns;
  private final Clock clock;

  CountPresence(Stores stores, Clock clock) {
    this.store = stores.presence();
    this.tree = stores.tree();
    this.settings = stores.settings();
    this.turns = stores.turns();
    this.clock = clock;
  }

  /// Counts after a change that an event reports.
  ///
  /// @param instance the database in which it was
  /// @param at when it was
  void count(Uid uid, String instance, Instant at) {
    turns.run(uid, () -> countAlone(uid, instance, at));
  }

  /// Counts after a change of the settings, which are in Redis already.
  void count(Uid uid) {
    turns.run(uid, () -> countAlone(uid, null, clock.instant()));
  }

  private void countAlone(Uid uid, @Nullable String instance, Instant at) {
    Presence known = store.known(uid).orElse(null);
    Collection<RealtimeDatabase> places = tree.places(uid, instance, known);
    List<Connection> connections = newestFirst(uid, places);
    if (store.isGone(uid)) {
      tree.remove(uid, connections);
      return;
    }
    if (connections.size() > CONNECTIONS_MAX) {
      tree.remove(uid, connections.subList(CONNECTIONS_MAX, connections.size()));
      connections = connections.subList(0, CONNECTIONS_MAX);
    }
    publish(
        uid,
        known,
        settings.known(uid).applyTo(Connections.sum(connections, known, at, tree.home(uid).name())),
        places);
  }

  /// Makes sure of somebody who seems to be there: removes dead connections, and publishes again
  /// what was lost.
  void verify(Uid uid) {
    turns.run(uid, () -> verifyAlone(uid));
  }

  private void verifyAlone(Uid uid) {
    Instant now = clock.instant();
    Presence known = store.get(uid).orElse(null);
    Collection<RealtimeDatabase> places = tree.places(uid, null, known);
    var alive = new ArrayList<Connection>();
    var dead = new ArrayList<Connection>();
    for (Connection connection : newestFirst(uid, places)) {
      (connection.at().plus(DEAD_AFTER).isBefore(now) ? dead : alive).add(connection);
    }
    alive.addAll(tree.remove(uid, dead));
    // Who has left without a word was last seen when they were last heard of.
    Instant at = alive.isEmpty() && !dead.isEmpty() ? dead.getFirst().at() : now;
    Settings chosen = settings.get(uid).orElse(Settings.DEFAULT);
    Presence present = chosen.applyTo(Connections.sum(alive, known, at, tree.home(uid).name()));
    if (!publish(uid, known, present, places) && !tree.isPublished(uid, present)) {
      tree.publish(uid, present, places);
    }
  }

  private List<Connection> newestFirst(Uid uid, Collection<RealtimeDatabase> places) {
    return tree.connections(uid, places).stream()
        .sorted(Comparator.comparing(Connection::at).reversed())
        .toList();
  }

  /// Publishes what has changed: to the truth first, to Redis last, so that whoever stops in
  /// between does it again.
  ///
  /// @return false where nothing has changed
  private boolean publish(
      Uid uid, @Nullable Presence known, Presence now, Collection<RealtimeDatabase> places) {
    if (now.equals(known)) {
      return false;
    }
    Optional<Instant> written = store.write(uid, now);
    if (written.isPresent()) {
      tree.publish(uid, now, places);
      store.keepNow(uid, now, written.get());
    }
    return true;
  }
}
