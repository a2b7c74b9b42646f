package dev.fireside.leaderboards.settlement;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Instant;

/// Called every minute: settles the periods that have ended.
public final class SettleFunction extends ScheduledFunction {
  private final SettleBoards settleBoards;

  public SettleFunction() {
    this(Platform.current());
  }

  SettleFunction(Platform platform) {
    super(platform);
    this.settleBoards = Settlement.on(platform);
  }

  @Override
  protected void run(Instant scheduled) {
    if (!settleBoards.settle(null)) {
      throw new IllegalStateException("Not every board could be settled: see the errors before");
    }
  }
}
