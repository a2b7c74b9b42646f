package dev.fireside.presence;

import dev.fireside.presence.domain.Presence;
import dev.fireside.presence.domain.State;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How present somebody is, for those who may see it.
///
/// @param lastSeen null where they are there, or never were
/// @param activity null where they say nothing, or are not there
record PresenceView(Uid uid, String state, @Nullable Instant lastSeen, @Nullable String activity) {
  static PresenceView of(Uid uid, @Nullable Presence presence) {
    return presence == null
        ? new PresenceView(uid, WireNames.of(State.OFFLINE), null, null)
        : new PresenceView(
            uid, WireNames.of(presence.state()), presence.lastSeen(), presence.activity());
  }
}
