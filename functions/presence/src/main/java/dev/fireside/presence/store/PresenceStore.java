package dev.fireside.presence.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.social.domain.Presence;
import dev.fireside.social.domain.PresenceState;
import dev.fireside.social.store.PresenceReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.ZAddParams;
import redis.clients.jedis.params.ZRangeParams;

/// How present people are. Who is there is also in the sorted set `presence:there` of Redis, by
/// when that was last made sure of.
public final class PresenceStore extends PresenceReader {
  private static final String THERE = "presence:there";

  /// A member of the set that says that it is complete, and no uid.
  private static final String BUILT = ":built";

  /// After which a deleted person's devices cannot sign in any more: the life of an ID token, and
  /// some.
  private static final Duration GONE = Duration.ofHours(2);

  private static final int BUILD_PAGE = 500;

  private final Documents documents;
  private final Redis redis;
  private final Clock clock;

  public PresenceStore(Platform platform) {
    super(platform);
    this.documents = platform.documents();
    this.redis = platform.redis();
    this.clock = platform.clock();
  }

  /// Writes how present a person is: one write, no read. Who was never there does not leave.
  ///
  /// @return when it was written, for [#keepNow]; empty where there is nothing to write
  public Optional<Instant> write(Uid uid, Presence presence) {
    var fields = new HashMap<String, Object>();
    fields.put("state", WireNames.of(presence.state()));
    fields.put("since", presence.since());
    fields.put("databases", presence.databases());
    if (presence.activity() != null) {
      fields.put("activity", presence.activity());
    }
    if (presence.isThere()) {
      return Optional.of(documents.set(path(uid), fields));
    }
    fields.put("activity", FieldChange.clear());
    fields.put("lastSeen", Optional.ofNullable(presence.lastSeen()).orElse(presence.since()));
    return documents.update(path(uid), fields);
  }

  /// Keeps in Redis what was written. Throws while Redis is away: then an event has to come again.
  public void keepNow(Uid uid, Presence presence, Instant written) {
    if (presence.isThere()) {
      redis.call(client -> client.zadd(THERE, (double) clock.millis(), uid.value()));
    } else {
      redis.call(client -> client.zrem(THERE, uid.value()));
    }
    NotKeptException.unless(keep(uid, presence, Document.versionOf(written)));
  }

  /// People who are there as far as is known, and of whom that was not made sure since `before`:
  /// those first who were waiting for longest. Where Redis has lost them they come from Firestore.
  public List<Uid> unsure(Instant before, int max) {
    if (redis.call(client -> client.zscore(THERE, BUILT)) == null) {
      build();
    }
    return redis
        .call(client ->
            client.zrange(
                THERE,
                ZRangeParams.zrangeByScoreParams(1, (double) before.toEpochMilli()).limit(0, max)))
        .stream()
        .map(Uid::new)
        .toList();
  }

  /// Notes that people were made sure of.
  public void sure(List<Uid> people) {
    var members = new HashMap<String, Double>();
    people.forEach(uid -> members.put(uid.value(), (double) clock.millis()));
    redis.call(client -> client.zadd(THERE, members, ZAddParams.zAddParams().xx()));
  }

  private void build() {
    Query query =
        documents
            .collection("presence")
            .whereIn(
                "state",
                List.of(WireNames.of(PresenceState.ONLINE), WireNames.of(PresenceState.AWAY)))
            .orderBy(FieldPath.documentId())
            .limit(BUILD_PAGE);
    List<Document> page = documents.list(query);
    while (!page.isEmpty()) {
      var members = new HashMap<String, Double>();
      page.forEach(document -> members.put(document.id(), 1.0));
      redis.call(client -> client.zadd(THERE, members, ZAddParams.zAddParams().nx()));
      page =
          page.size() < BUILD_PAGE
              ? List.of()
              : documents.list(query.startAfter(page.getLast().id()));
    }
    redis.call(client -> client.zadd(THERE, 0, BUILT));
  }

  /// People who were ever there, by uid.
  ///
  /// @param after the one after whom to go on; empty for the start
  public List<Uid> page(String after, int max) {
    Query query = documents.collection("presence").orderBy(FieldPath.documentId()).limit(max);
    return documents.list(after.isEmpty() ? query : query.startAfter(after)).stream()
        .map(document -> new Uid(document.id()))
        .toList();
  }

  /// Whether a person was deleted a while ago, and only their devices do not know yet.
  public boolean isGone(Uid uid) {
    return redis.call(client -> client.exists(goneKey(uid)));
  }

  /// Forgets a person.
  public void delete(Uid uid) {
    redis.call(client -> client.set(goneKey(uid), "1", SetParams.setParams().px(GONE.toMillis())));
    documents.delete(path(uid));
    redis.call(client -> client.zrem(THERE, uid.value()));
    NotKeptException.unless(keep(uid, null, Document.versionOf(clock.instant())));
  }

  private static String goneKey(Uid uid) {
    return "presence:" + uid + ":gone";
  }

  /// What the database of clients is told.
  static Map<String, @Nullable Object> values(Presence presence) {
    var values = new HashMap<String, @Nullable Object>();
    values.put("state", WireNames.of(presence.state()));
    values.put("since", presence.since().toEpochMilli());
    Instant lastSeen = presence.lastSeen();
    values.put("lastSeen", lastSeen == null ? null : lastSeen.toEpochMilli());
    values.put("activity", presence.activity());
    return values;
  }
}
