package dev.fireside.games.events;

import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.Phase;
import dev.fireside.games.store.LiveEvents;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Lists live events by where they stand.
final class ListEvents {
  /// What can be asked for; the first is the default.
  static final List<String> STATES = List.of("running", "upcoming", "ended", "draft");

  private final LiveEvents liveEvents;
  private final Clock clock;

  ListEvents(LiveEvents liveEvents, Clock clock) {
    this.liveEvents = liveEvents;
    this.clock = clock;
  }

  /// @param state one of [#STATES]
  List<EventView> list(String state) {
    Instant now = clock.instant();
    return liveEvents.open().stream()
        .filter(event -> isIn(event, state, now))
        .map(event -> EventView.of(event, null, now))
        .toList();
  }

  private static boolean isIn(LiveEvent event, String state, Instant now) {
    Phase phase = event.phase(now);
    return switch (state) {
      case "draft" -> !event.published();
      case "upcoming" -> event.published() && phase == Phase.UPCOMING;
      case "ended" -> phase == Phase.ENDED;
      default -> phase == Phase.RUNNING;
    };
  }
}
