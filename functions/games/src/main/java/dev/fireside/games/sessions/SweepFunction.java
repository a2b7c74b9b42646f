package dev.fireside.games.sessions;

import dev.fireside.games.store.SessionStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Instant;

/// Marks sessions that have expired as abandoned.
public final class SweepFunction extends ScheduledFunction {
  private final SweepSessions sweepSessions;

  public SweepFunction() {
    this(Platform.current());
  }

  SweepFunction(Platform platform) {
    super(platform);
    this.sweepSessions = new SweepSessions(new SessionStore(platform), platform.clock());
  }

  @Override
  protected void run(Instant scheduled) {
    sweepSessions.sweep();
  }
}
