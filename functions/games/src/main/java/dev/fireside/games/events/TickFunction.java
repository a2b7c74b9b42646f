package dev.fireside.games.events;

import dev.fireside.games.store.LiveEvents;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Instant;

/// Notes which live events have begun, ended or closed, for those who listen to their documents.
/// Nobody else depends on it: where an event stands follows from its times.
public final class TickFunction extends ScheduledFunction {
  private final LiveEvents liveEvents;

  public TickFunction() {
    this(Platform.current());
  }

  TickFunction(Platform platform) {
    super(platform);
    this.liveEvents = new LiveEvents(platform);
  }

  @Override
  protected void run(Instant scheduled) {
    liveEvents.turn();
  }
}
