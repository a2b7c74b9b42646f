package dev.fireside.presence.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.Platform;
import dev.fireside.shared.load.Together;
import dev.fireside.shared.realtime.RealtimeDatabase;
import dev.fireside.shared.realtime.RealtimeDatabases;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is typing: `/typing/{room}/{uid}`, written and removed by clients alone.
public final class TypingTree {
  private static final int AT_ONCE = 16;

  private final RealtimeDatabases databases;

  public TypingTree(Platform platform) {
    this.databases = platform.realtime();
  }

  /// Removes what clients have left behind.
  ///
  /// @param before what is older
  /// @param max rooms looked at in each database, at most
  public void sweep(Instant before, int max) {
    for (RealtimeDatabase database : databases.all()) {
      List<String> rooms = database.keys("typing").stream().limit(max).toList();
      Together.each(
          rooms,
          AT_ONCE,
          room -> {
            sweep(database, "typing/" + room, before.toEpochMilli());
            return room;
          });
    }
  }

  private static void sweep(RealtimeDatabase database, String room, long before) {
    var old = new HashMap<String, @Nullable Object>();
    for (Map.Entry<String, JsonNode> typist : database.get(room).properties()) {
      if (typist.getValue().asLong() < before) {
        old.put(room + "/" + typist.getKey(), null);
      }
    }
    database.update(old);
  }
}
