package dev.fireside.presence.domain;

import dev.fireside.social.domain.Presence;
import dev.fireside.social.domain.PresenceState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A person's connections, taken together.
public final class Connections {
  private Connections() {}

  /// What connections amount to; nobody says yet what they are doing.
  ///
  /// @param before what was known before; null for nothing
  /// @param at when the connections became what they are
  /// @param home the database on which the person lives
  public static Presence sum(
      Collection<Connection> connections, @Nullable Presence before, Instant at, String home) {
    PresenceState state = state(connections);
    boolean stays = before != null && before.isThere() == (state != PresenceState.OFFLINE);
    if (before != null && stays && state == PresenceState.OFFLINE) {
      return before.in(List.of(home));
    }
    var databases =
        Stream.concat(Stream.of(home), connections.stream().map(Connection::database))
            .distinct()
            .sorted();
    Instant since = before != null && (stays || before.since().isAfter(at)) ? before.since() : at;
    return new Presence(
        state, since, state == PresenceState.OFFLINE ? since : null, null, databases.toList());
  }

  private static PresenceState state(Collection<Connection> connections) {
    if (connections.isEmpty()) {
      return PresenceState.OFFLINE;
    }
    return connections.stream().allMatch(Connection::away)
        ? PresenceState.AWAY
        : PresenceState.ONLINE;
  }
}
