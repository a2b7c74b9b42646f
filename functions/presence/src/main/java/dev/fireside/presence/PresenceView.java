package dev.fireside.presence;

import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.social.domain.Presence;
import dev.fireside.social.domain.PresenceState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How present somebody is, for those who may see it.
///
/// @param lastSeen null where they are there, or never were
/// @param activity null where they say nothing, or are not there
record PresenceView(Uid uid, String state, @Nullable Instant lastSeen, @Nullable String activity) {
  static PresenceView of(Uid uid, @Nullable Presence presence) {
    return presence == null
        ? new PresenceView(uid, WireNames.of(PresenceState.OFFLINE), null, null)
        : new PresenceView(
            uid, WireNames.of(presence.state()), presence.lastSeen(), presence.activity());
  }
}
