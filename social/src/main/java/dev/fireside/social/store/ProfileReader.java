package dev.fireside.social.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.cache.Lookup;
import dev.fireside.shared.cache.Versioned;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads profiles: `user:{uid}:profile` in Redis (24 h), `users/{uid}` in Firestore.
public final class ProfileReader {
  private static final Duration TTL = Duration.ofHours(24);
  private static final Duration FRESH = Duration.ofHours(1);

  private final Documents documents;
  private final Cache<Profile> cache;

  public ProfileReader(Platform platform) {
    this.documents = platform.documents();
    this.cache =
        new Cache<>(
            platform.redis(),
            platform.meters(),
            platform.clock(),
            "user:{}:profile",
            Profile.class,
            TTL,
            FRESH);
  }

  /// The document of a person.
  public static String path(Uid uid) {
    return "users/" + uid;
  }

  /// One profile, whatever its status.
  public Optional<Profile> get(Uid uid) {
    return Optional.ofNullable(getAll(Set.of(uid)).get(uid));
  }

  /// Many profiles in one round trip; missing people are left out.
  public Map<Uid, Profile> getAll(Collection<Uid> uids) {
    return byUid(cache.getAll(uids.stream().map(Uid::value).toList(), this::load));
  }

  /// Adds a lookup to a batch; read it with [#get].
  public Lookup<Profile> lookup(Batch batch, Collection<Uid> uids) {
    return cache.lookup(batch, uids.stream().map(Uid::value).toList());
  }

  /// The profiles of a lookup whose batch has run.
  public Map<Uid, Profile> get(Lookup<Profile> lookup) {
    return byUid(lookup.get(this::load));
  }

  /// Keeps what was written, unless something newer is kept. Called after commits and by events.
  ///
  /// @return false while Redis is away: then an event has to come again
  @CanIgnoreReturnValue
  public boolean keep(Uid uid, Optional<Profile> profile, long version) {
    return cache.put(uid.value(), new Versioned<>(version, profile.orElse(null)));
  }

  private Map<String, Versioned<Profile>> load(Set<String> uids) {
    Map<String, Document> found =
        documents.getAll(uids.stream().map(uid -> path(new Uid(uid))).toList());
    var loaded = new HashMap<String, Versioned<Profile>>();
    for (String uid : uids) {
      Document document = found.get(path(new Uid(uid)));
      loaded.put(
          uid,
          document == null
              ? Versioned.absent(0)
              : Versioned.of(document.version(), parse(document)));
    }
    return loaded;
  }

  private static Map<Uid, Profile> byUid(Map<String, Profile> profiles) {
    var result = new HashMap<Uid, Profile>();
    profiles.values().forEach(profile -> result.put(profile.uid(), profile));
    return result;
  }

  /// A profile from its document.
  public static Profile parse(Document document) {
    Fields fields = document.fields();
    Fields counts = fields.map("counts");
    return new Profile(
        new Uid(document.id()),
        fields.text("handle").orElse(""),
        fields.text("displayName").orElse(""),
        fields.text("bio").orElse(null),
        fields.text("avatarUrl").orElse(null),
        fields.oneOf("status", AccountStatus.ACTIVE),
        counts.number("followers"),
        counts.number("following"),
        counts.number("posts"),
        fields.instant("createdAt").orElse(Instant.EPOCH));
  }
}
