package dev.fireside.uploads;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import dev.fireside.uploads.sessions.Sessions;
import dev.fireside.uploads.sessions.SweepUploads;
import java.time.Instant;

/// Removes what expired sessions and unused uploads leave behind.
public final class SweepFunction extends ScheduledFunction {
  private final SweepUploads sweepUploads;

  public SweepFunction() {
    this(Platform.current());
  }

  SweepFunction(Platform platform) {
    super(platform);
    this.sweepUploads = Sessions.of(platform).sweepUploads();
  }

  @Override
  protected void run(Instant scheduled) {
    sweepUploads.sweep();
  }
}
