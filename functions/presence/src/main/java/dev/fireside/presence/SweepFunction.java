package dev.fireside.presence;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Instant;

/// Removes what connections, watchers and typists leave behind, every few minutes.
public final class SweepFunction extends ScheduledFunction {
  private final SweepPresence sweepPresence;

  public SweepFunction() {
    this(Platform.current());
  }

  SweepFunction(Platform platform) {
    super(platform);
    this.sweepPresence = new SweepPresence(new Stores(platform), platform.clock());
  }

  @Override
  protected void run(Instant scheduled) {
    sweepPresence.sweep();
  }
}
