package dev.fireside.chat.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.store.Documents;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// People: who they are, and how they stand to each other.
public final class People {
  private final Documents documents;
  private final Redis redis;
  private final Handles handles;
  private final ProfileReader profiles;
  private final RelationReader relations;

  public People(Platform platform) {
    this.documents = platform.documents();
    this.redis = platform.redis();
    this.handles = new Handles(platform);
    this.profiles = new ProfileReader(platform);
    this.relations = new RelationReader(platform);
  }

  /// What a viewer finds who looks at a person.
  ///
  /// @param profile null where there is none
  public record Seen(@Nullable Profile profile, Relation relation) {
    /// Whether the person has an account that is neither suspended nor deleted.
    public boolean isActive() {
      return profile != null && profile.isActive();
    }
  }

  /// Looks at people, and at oneself among them, in one round trip.
  public Map<Uid, Seen> look(Uid viewer, Collection<Uid> people) {
    Batch batch = redis.batch();
    var profileLookup = profiles.lookup(batch, people);
    var relationLookup = relations.lookup(batch, viewer, people);
    batch.runOrGiveUp();
    Map<Uid, Profile> known = profileLookup.get();
    Map<Uid, Relation> found = relationLookup.get();
    var seen = new HashMap<Uid, Seen>();
    people.forEach(
        uid -> seen.put(uid, new Seen(known.get(uid), found.getOrDefault(uid, Relation.NONE))));
    return seen;
  }

  /// Those among people whom a viewer may see, in this order.
  public Map<Uid, PersonView> visible(Uid viewer, Collection<Uid> people) {
    if (people.isEmpty()) {
      return Map.of();
    }
    Map<Uid, Seen> seen = look(viewer, people);
    var views = new LinkedHashMap<Uid, PersonView>();
    for (Uid uid : people) {
      Seen one = seen.get(uid);
      if (one != null
          && one.profile() != null
          && Sight.ofPerson(viewer, one.profile(), one.relation())) {
        views.put(uid, PersonView.of(one.profile()));
      }
    }
    return views;
  }

  /// Those among people who have an account that is neither suspended nor deleted.
  public Set<Uid> active(Collection<Uid> people) {
    var active = new HashSet<Uid>();
    profiles
        .getAll(people)
        .forEach((uid, profile) -> {
          if (profile.isActive()) {
            active.add(uid);
          }
        });
    return active;
  }

  /// Those among people who follow somebody, from Firestore: one read each.
  public Set<Uid> followers(Collection<Uid> people, Uid followee) {
    Map<String, Uid> paths = new HashMap<>();
    people.forEach(uid -> paths.put("follows/" + uid.with(followee), uid));
    var followers = new HashSet<Uid>();
    documents
        .getAll(paths.keySet())
        .keySet()
        .forEach(path -> Optional.ofNullable(paths.get(path)).ifPresent(followers::add));
    return followers;
  }

  /// Whether one of two has blocked the other, from Firestore: two reads.
  public boolean blocked(Uid one, Uid other) {
    return !documents
        .getAll(List.of("blocks/" + one.with(other), "blocks/" + other.with(one)))
        .isEmpty();
  }

  /// Whom a text names by handle. No read where it names nobody.
  public List<Uid> mentioned(String text) {
    List<String> named = Entities.of(text).handles();
    return named.isEmpty() ? List.of() : handles.owners(named);
  }
}
