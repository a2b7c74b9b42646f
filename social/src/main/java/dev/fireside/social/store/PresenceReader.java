package dev.fireside.social.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.cache.CachedDocuments;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.domain.Presence;
import dev.fireside.social.domain.PresenceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Reads how present people are: `presence:{uid}:now` in Redis (24 h), `presence/{uid}` in
/// Firestore.
public class PresenceReader extends CachedDocuments<Uid, Presence> {
  private static final Duration TTL = Duration.ofHours(24);

  private final Redis redis;
  private final Cache<Presence> cache;

  public PresenceReader(Platform platform) {
    this(platform, platform.cache("presence:{}:now", Presence.class, TTL, TTL));
  }

  private PresenceReader(Platform platform, Cache<Presence> cache) {
    super(platform.documents(), cache, PresenceReader::path, PresenceReader::parse);
    this.redis = platform.redis();
    this.cache = cache;
  }

  /// The document of a person.
  public static String path(Uid uid) {
    return "presence/" + uid;
  }

  static Presence parse(Document document) {
    Fields fields = document.fields();
    return new Presence(
        fields.oneOf("state", PresenceState.OFFLINE),
        fields.instant("since").orElse(Instant.EPOCH),
        fields.instant("lastSeen").orElse(null),
        fields.text("activity").orElse(null),
        fields.texts("databases"));
  }

  /// What Redis has of a person; reads no document. Empty for nothing.
  public final Optional<Presence> known(Uid uid) {
    return cache.peek(uid.toString());
  }

  /// Those among people who look at one of their devices. Nobody while Redis is away: changes are
  /// not counted then, so that what Firestore says may be over.
  public final Set<Uid> online(Collection<Uid> people) {
    Batch batch = redis.batch();
    var lookup = lookup(batch, people);
    try {
      batch.run();
    } catch (RedisUnavailableException e) {
      return Set.of();
    }
    var online = new HashSet<Uid>();
    lookup
        .get()
        .forEach((uid, presence) -> {
          if (presence.state() == PresenceState.ONLINE) {
            online.add(uid);
          }
        });
    return online;
  }
}
