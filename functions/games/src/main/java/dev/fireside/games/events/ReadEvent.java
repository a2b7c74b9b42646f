package dev.fireside.games.events;

import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.Participation;
import dev.fireside.games.store.LiveEvents;
import dev.fireside.games.store.Participants;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.auth.Role;
import java.time.Clock;
import java.util.Optional;

/// Shows one live event, with the caller's part in it.
final class ReadEvent {
  private final LiveEvents liveEvents;
  private final Participants participants;
  private final Clock clock;

  ReadEvent(LiveEvents liveEvents, Participants participants, Clock clock) {
    this.liveEvents = liveEvents;
    this.participants = participants;
    this.clock = clock;
  }

  /// @param caller empty for anonymous callers; drafts are shown to admins only
  EventView read(Optional<Principal> caller, String id) {
    LiveEvent event = liveEvents.get(id).orElseThrow(Problems::noSuchEvent);
    if (!event.published() && caller.filter(it -> it.has(Role.ADMIN)).isEmpty()) {
      throw Problems.noSuchEvent();
    }
    Participation own =
        caller.flatMap(principal -> participants.get(id, principal.uid())).orElse(null);
    return EventView.of(event, own, clock.instant());
  }
}
