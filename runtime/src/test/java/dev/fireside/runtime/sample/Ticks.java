package dev.fireside.runtime.sample;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the times it was due.
public final class Ticks extends ScheduledFunction {
  public static final List<Instant> DUE = new CopyOnWriteArrayList<>();

  public Ticks() {
    super(Platform.current());
  }

  @Override
  protected void run(Instant scheduled) {
    DUE.add(scheduled);
  }
}
