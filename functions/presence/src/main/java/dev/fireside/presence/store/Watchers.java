package dev.fireside.presence.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.realtime.RealtimeDatabase;
import dev.fireside.shared.realtime.RealtimeDatabases;
import dev.fireside.shared.redis.Redis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.ZRangeParams;

/// Who may listen to somebody's presence: `/watchers/{uid}/{watcher}` in the database that the
/// person lives on, which the rules read, until a time in ms. The sorted set `presence:watchers` in
/// Redis says when which of them are over.
public final class Watchers {
  /// How long somebody may listen before they ask again.
  public static final Duration LIFE = Duration.ofHours(1);

  private static final String ENDS = "presence:watchers";

  private final RealtimeDatabases databases;
  private final Redis redis;
  private final Clock clock;

  public Watchers(Platform platform) {
    this.databases = platform.realtime();
    this.redis = platform.redis();
    this.clock = platform.clock();
  }

  static String path(Uid uid) {
    return "watchers/" + uid;
  }

  private static String path(Uid uid, Uid watcher) {
    return path(uid) + "/" + watcher;
  }

  /// Lets somebody listen to others.
  ///
  /// @return until when
  public Instant let(Uid watcher, Collection<Uid> others) {
    Instant end = clock.instant().plus(LIFE);
    var ends = new HashMap<String, Double>();
    var writes = new HashMap<RealtimeDatabase, Map<String, Object>>();
    for (Uid other : others) {
      ends.put(other.with(watcher), (double) end.toEpochMilli());
      writes
          .computeIfAbsent(databases.of(other.value()), _ -> new HashMap<>())
          .put(path(other, watcher), end.toEpochMilli());
    }
    if (!ends.isEmpty()) {
      redis.callOr(0L, client -> client.zadd(ENDS, ends));
    }
    writes.forEach(RealtimeDatabase::update);
    return end;
  }

  /// Ends that somebody may listen to others.
  public void end(Uid watcher, Collection<Uid> others) {
    var gone = new HashMap<String, @Nullable Object>();
    others.forEach(other -> gone.put(path(other, watcher), null));
    databases.all().forEach(database -> database.update(gone));
  }

  /// Ends that anybody may listen to a person.
  public void endAll(Uid uid) {
    var gone = new HashMap<String, @Nullable Object>();
    gone.put(path(uid), null);
    databases.all().forEach(database -> database.update(gone));
  }

  /// Removes what is over.
  ///
  /// @param max how many at most
  public void sweep(int max) {
    List<String> over =
        redis.call(client ->
            client.zrange(
                ENDS, ZRangeParams.zrangeByScoreParams(0, (double) clock.millis()).limit(0, max)));
    if (over.isEmpty()) {
      return;
    }
    var gone = new HashMap<String, @Nullable Object>();
    over.forEach(pair -> gone.put("watchers/" + pair.replace(':', '/'), null));
    databases.all().forEach(database -> database.update(gone));
    redis.call(client -> client.zrem(ENDS, over.toArray(String[]::new)));
  }
}
