package dev.fireside.presence;

import dev.fireside.presence.domain.PresenceSight;
import dev.fireside.presence.domain.Settings;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.domain.Relation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Whose presence somebody may see.
final class LookAt {
  private final Stores stores;

  LookAt(Stores stores) {
    this.stores = stores;
  }

  /// Adds to a batch what decides. The supplier has those who may be seen, in the order asked for.
  Supplier<Set<Uid>> lookup(Batch batch, Uid viewer, Collection<Uid> others) {
    Supplier<Map<Uid, Profile>> profiles = stores.profiles().lookup(batch, others);
    Supplier<Map<Uid, Settings>> settings = stores.settings().lookup(batch, others);
    var relations = stores.relations().lookup(batch, viewer, others);
    return () -> {
      Map<Uid, Profile> people = profiles.get();
      Map<Uid, Settings> chosen = settings.get();
      Map<Uid, Relation> relation = relations.get();
      var seen = new LinkedHashSet<Uid>();
      for (Uid other : others) {
        Settings theirs = chosen.getOrDefault(other, Settings.DEFAULT);
        if (PresenceSight.of(
            viewer, people.get(other), relation.getOrDefault(other, Relation.NONE), theirs)) {
          seen.add(other);
        }
      }
      return seen;
    };
  }
}
