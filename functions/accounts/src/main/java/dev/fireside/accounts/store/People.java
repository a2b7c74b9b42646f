package dev.fireside.accounts.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.domain.Relation;
import dev.fireside.social.domain.Sight;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.RelationReader;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// People as a viewer stands to them: profiles and relations in one round trip.
public final class People {
  private final Redis redis;
  private final ProfileReader profiles;
  private final RelationReader relations;

  public People(Platform platform) {
    this.redis = platform.redis();
    this.profiles = new ProfileReader(platform);
    this.relations = new RelationReader(platform);
  }

  /// A person, and how the viewer stands to them.
  public record Seen(Profile profile, Relation relation) {
    /// Whether the viewer may see the person.
    public boolean isVisibleTo(@Nullable Uid viewer) {
      return Sight.ofPerson(viewer, profile, relation);
    }
  }

  /// A person whom the viewer may see.
  public Optional<Seen> visible(@Nullable Uid viewer, Uid uid) {
    return Optional.ofNullable(look(viewer, Set.of(uid)).get(uid))
        .filter(seen -> seen.isVisibleTo(viewer));
  }

  /// Many people, whether the viewer may see them or not, in the order asked for; missing ones are
  /// left out.
  public Map<Uid, Seen> look(@Nullable Uid viewer, Collection<Uid> uids) {
    Batch batch = redis.batch();
    Supplier<Map<Uid, Seen>> seen = look(batch, viewer, uids);
    batch.runOrGiveUp();
    return seen.get();
  }

  /// The same, in a batch with other reads.
  public Supplier<Map<Uid, Seen>> look(Batch batch, @Nullable Uid viewer, Collection<Uid> uids) {
    var distinct = new LinkedHashSet<>(uids);
    var profileLookup = profiles.lookup(batch, distinct);
    var relationLookup = relations.lookup(batch, viewer, distinct);
    return () -> seen(distinct, profileLookup.get(), relationLookup);
  }

  /// Adds to a batch whether a person follows another, as far as Redis knows; else the documents
  /// know.
  public Supplier<Optional<Boolean>> knownToFollow(Batch batch, Uid follower, Uid followee) {
    return relations.known(batch, follower, followee);
  }

  private static Map<Uid, Seen> seen(
      Collection<Uid> distinct, Map<Uid, Profile> found, RelationReader.Pending relationLookup) {
    Map<Uid, Relation> stands = relationLookup.get();
    var seen = new LinkedHashMap<Uid, Seen>();
    for (Uid uid : distinct) {
      Profile profile = found.get(uid);
      if (profile != null) {
        seen.put(uid, new Seen(profile, stands.getOrDefault(uid, Relation.NONE)));
      }
    }
    return seen;
  }
}
