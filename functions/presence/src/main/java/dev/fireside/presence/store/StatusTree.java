package dev.fireside.presence.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.presence.domain.Connection;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.realtime.RealtimeDatabase;
import dev.fireside.shared.realtime.RealtimeDatabases;
import dev.fireside.social.domain.Presence;
import dev.fireside.social.domain.PresenceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the Realtime Databases hold of presence: `/status/{uid}/{connection}`, written by clients,
/// and `/presence/{uid}`, what those may read who watch the person. `/presenceFilled` says whether
/// all who live there are published: `true`, or the uid up to which they are.
public final class StatusTree {
  private static final String FILLED = "presenceFilled";

  private final RealtimeDatabases databases;

  public StatusTree(Platform platform) {
    this.databases = platform.realtime();
  }

  /// Where a person's clients connect to, and where watchers of them do.
  public RealtimeDatabase home(Uid uid) {
    return databases.of(uid.value());
  }

  /// Where a person may be connected: at home, where an event came from, where what is known is
  /// published; anywhere as long as nothing is.
  public Set<RealtimeDatabase> places(
      Uid uid, @Nullable String instance, @Nullable Presence known) {
    if (known == null) {
      return new LinkedHashSet<>(databases.all());
    }
    var places = new LinkedHashSet<RealtimeDatabase>();
    places.add(home(uid));
    known.databases().forEach(name -> databases.named(name).ifPresent(places::add));
    if (instance != null) {
      databases.named(instance).ifPresent(places::add);
    }
    return places;
  }

  /// A person's connections.
  public List<Connection> connections(Uid uid, Collection<RealtimeDatabase> places) {
    var connections = new ArrayList<Connection>();
    for (RealtimeDatabase place : places) {
      for (Map.Entry<String, JsonNode> entry : place.get(status(uid)).properties()) {
        JsonNode value = entry.getValue();
        connections.add(
            new Connection(
                place.name(),
                entry.getKey(),
                WireNames.of(PresenceState.AWAY).equals(value.path("state").asText()),
                Instant.ofEpochMilli(value.path("at").asLong())));
      }
    }
    return connections;
  }

  /// Removes connections that are dead, unless they have been heard of again meanwhile.
  ///
  /// @return those that have
  public List<Connection> remove(Uid uid, List<Connection> dead) {
    return dead.stream().filter(connection -> !remove(uid, connection)).toList();
  }

  private boolean remove(Uid uid, Connection dead) {
    RealtimeDatabase place = databases.named(dead.database()).orElseGet(() -> home(uid));
    String path = status(uid) + "/" + dead.id();
    RealtimeDatabase.Tagged now = place.read(path);
    if (now.value().isNull()) {
      return true;
    }
    return now.value().path("at").asLong() == dead.at().toEpochMilli()
        && place.putIf(path, null, now.tag());
  }

  /// Publishes how present a person is, at home and where they are connected. Where they were, and
  /// do not live, nothing remains: their watchers there are refused, and ask anew.
  public void publish(Uid uid, Presence presence, Collection<RealtimeDatabase> places) {
    for (RealtimeDatabase place : places) {
      var values = new HashMap<String, @Nullable Object>();
      if (presence.databases().contains(place.name())) {
        values.put(presence(uid), PresenceStore.values(presence));
      } else {
        values.put(presence(uid), null);
        values.put(Watchers.path(uid), null);
      }
      place.update(values);
    }
  }

  /// Whether somebody's presence was published where they live now.
  public boolean isAtHome(Uid uid, Presence presence) {
    return presence.databases().contains(home(uid).name());
  }

  /// Whether what is published at a person's home is how present they are.
  public boolean isPublished(Uid uid, Presence presence) {
    return WireNames.of(presence.state())
        .equals(home(uid).get(presence(uid) + "/state").textValue());
  }

  /// Removes all of a person, everywhere.
  public void removeAll(Uid uid) {
    for (RealtimeDatabase place : databases.all()) {
      var values = new HashMap<String, @Nullable Object>();
      values.put(status(uid), null);
      values.put(presence(uid), null);
      values.put(Watchers.path(uid), null);
      place.update(values);
    }
  }

  /// All databases.
  public List<RealtimeDatabase> all() {
    return databases.all();
  }

  /// Up to whom presence was published in a database that is new or was lost; empty where all is.
  public Optional<String> filledUpTo(RealtimeDatabase database) {
    JsonNode filled = database.get(FILLED);
    return database.url() == null || filled.isBoolean()
        ? Optional.empty()
        : Optional.of(filled.asText(""));
  }

  /// Notes how far a database is filled.
  ///
  /// @param uid null for all
  public void fillUpTo(RealtimeDatabase database, @Nullable String uid) {
    database.update(Map.of(FILLED, uid == null ? true : uid));
  }

  /// Where the connections of a person are.
  public static String status(Uid uid) {
    return "status/" + uid;
  }

  /// Where those who watch a person listen.
  public static String presence(Uid uid) {
    return "presence/" + uid;
  }
}
