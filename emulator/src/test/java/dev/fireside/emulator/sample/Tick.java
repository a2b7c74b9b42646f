package dev.fireside.emulator.sample;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Instant;

/// Notes when it was called.
public final class Tick extends ScheduledFunction {
  private final Journal journal;

  public Tick() {
    this(Platform.current());
  }

  Tick(Platform platform) {
    super(platform);
    this.journal = Journal.of(platform);
  }

  @Override
  protected void run(Instant scheduled) {
    journal.ticks.add(scheduled);
  }
}
