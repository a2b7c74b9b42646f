package dev.fireside.leaderboards.deltas;

import dev.fireside.leaderboards.store.DirtyTops;
import dev.fireside.play.store.BoardStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Instant;

/// Called every minute: publishes the tops that changes left behind.
public final class FlushDeltasFunction extends ScheduledFunction {
  private final FlushDeltas flushDeltas;

  public FlushDeltasFunction() {
    this(Platform.current());
  }

  FlushDeltasFunction(Platform platform) {
    super(platform);
    this.flushDeltas =
        new FlushDeltas(
            new DirtyTops(platform),
            new PublishTop(platform),
            new BoardStore(platform),
            platform.clock());
  }

  @Override
  protected void run(Instant scheduled) {
    flushDeltas.flush();
  }
}
