package dev.fireside.posts.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.social.domain.Entities;
import dev.fireside.social.domain.PersonView;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.domain.Relation;
import dev.fireside.social.domain.Sight;
import dev.fireside.social.store.Handles;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.RelationReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// People: who a handle belongs to, and whom a viewer may see.
public final class People {
  private final Handles handles;
  private final Redis redis;
  private final ProfileReader profiles;
  private final RelationReader relations;

  public People(Platform platform) {
    this.handles = new Handles(platform);
    this.redis = platform.redis();
    this.profiles = new ProfileReader(platform);
    this.relations = new RelationReader(platform);
  }

  /// The person's profile, if they have one and their account is active.
  public Optional<Profile> active(Uid uid) {
    return profiles.get(uid).filter(Profile::isActive);
  }

  /// Whose a handle is.
  public Optional<Uid> byHandle(String handle) {
    return handles.owner(handle);
  }

  /// Whom the handles in a text belong to; those of nobody are passed over.
  public List<Uid> mentioned(Entities entities) {
    return handles.owners(entities.handles());
  }

  /// How a viewer stands to a person; empty when they may not see them.
  public Optional<Relation> seen(@Nullable Uid viewer, Uid person) {
    return Optional.ofNullable(look(viewer, Set.of(person)).get(person)).map(Seen::relation);
  }

  /// The people among these whom a viewer may see, in one round trip.
  public Map<Uid, PersonView> visible(@Nullable Uid viewer, Collection<Uid> people) {
    var views = new HashMap<Uid, PersonView>();
    look(viewer, people).forEach((uid, seen) -> views.put(uid, PersonView.of(seen.profile())));
    return views;
  }

  private record Seen(Profile profile, Relation relation) {}

  private Map<Uid, Seen> look(@Nullable Uid viewer, Collection<Uid> people) {
    Batch batch = redis.batch();
    var profileLookup = profiles.lookup(batch, people);
    var relationLookup = relations.lookup(batch, viewer, people);
    batch.runOrGiveUp();
    Map<Uid, Relation> found = relationLookup.get();
    var seen = new HashMap<Uid, Seen>();
    profileLookup
        .get()
        .forEach((uid, profile) -> {
          Relation relation = found.getOrDefault(uid, Relation.NONE);
          if (Sight.ofPerson(viewer, profile, relation)) {
            seen.put(uid, new Seen(profile, relation));
          }
        });
    return seen;
  }
}
