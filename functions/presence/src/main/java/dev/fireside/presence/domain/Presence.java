package dev.fireside.presence.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How present a person is, over all of their connections.
///
/// @param since when they came; once they are offline, when they left
/// @param lastSeen when they were last there; null unless they are offline
/// @param activity what they say they are doing; null for nothing, and once they are offline
/// @param databases the databases in which they are connected, in order
public record Presence(
    State state,
    Instant since,
    @Nullable Instant lastSeen,
    @Nullable String activity,
    List<String> databases) {
  public Presence {
    databases = List.copyOf(databases);
  }

  /// What connections amount to; nobody says yet what they are doing.
  ///
  /// @param before what was known before; null for nothing
  /// @param at when the connections became what they are
  public static Presence of(
      Collection<Connection> connections, @Nullable Presence before, Instant at) {
    State state = state(connections);
    boolean stays = before != null && before.isThere() == (state != State.OFFLINE);
    if (before != null && stays && state == State.OFFLINE) {
      return before;
    }
    Instant since = before != null && (stays || before.since.isAfter(at)) ? before.since : at;
    return new Presence(
        state,
        since,
        state == State.OFFLINE ? since : null,
        null,
        connections.stream().map(Connection::database).distinct().sorted().toList());
  }

  private static State state(Collection<Connection> connections) {
    if (connections.isEmpty()) {
      return State.OFFLINE;
    }
    return connections.stream().allMatch(Connection::away) ? State.AWAY : State.ONLINE;
  }

  /// The same of somebody with these settings.
  public Presence with(Settings settings) {
    return new Presence(state, since, lastSeen, settings.activityOf(this), databases);
  }

  /// Whether the person is connected at all.
  public boolean isThere() {
    return state != State.OFFLINE;
  }
}
