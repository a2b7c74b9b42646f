package dev.fireside.games.events;

import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.Participation;
import dev.fireside.games.domain.Phase;
import dev.fireside.games.store.Participants;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;

/// Lets a player take part in a live event; the same again changes nothing.
final class JoinEvent {
  private final Participants participants;
  private final Clock clock;

  JoinEvent(Participants participants, Clock clock) {
    this.participants = participants;
    this.clock = clock;
  }

  EventView join(Uid uid, String id) {
    return participants.transact(
        id,
        uid,
        (transaction, found, participation) -> {
          LiveEvent event = Problems.visible(found);
          Instant now = clock.instant();
          if (participation != null) {
            return EventView.of(event, participation, now);
          }
          Phase phase = event.phase(now);
          if (phase == Phase.ENDED || phase == Phase.CLOSED) {
            throw ProblemException.conflict(Reason.EVENT_OVER, "The event is over");
          }
          Participation begun = Participation.begun(now);
          participants.write(transaction, id, uid, begun);
          return EventView.of(event, begun, now);
        });
  }
}
