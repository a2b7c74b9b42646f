package dev.fireside.presence;

import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Presence;
import java.util.List;
import java.util.Map;

/// Reads how present people are: one round trip where all is in Redis. Those whose presence the
/// viewer may not see are left out.
final class ReadPresence {
  private final Stores stores;
  private final LookAt lookAt;

  ReadPresence(Stores stores) {
    this.stores = stores;
    this.lookAt = new LookAt(stores);
  }

  List<PresenceView> read(Uid viewer, List<Uid> people) {
    var batch = stores.redis().batch();
    var seen = lookAt.lookup(batch, viewer, people);
    var presence = stores.presence().lookup(batch, people);
    batch.runOrGiveUp();
    Map<Uid, Presence> present = presence.get();
    return seen.get().stream().map(uid -> PresenceView.of(uid, present.get(uid))).toList();
  }
}
