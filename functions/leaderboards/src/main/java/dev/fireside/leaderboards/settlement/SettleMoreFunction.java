package dev.fireside.leaderboards.settlement;

import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Called to go on where a settlement had done enough for one call. What fails is left to the next
/// minute's: one message may not outlive it.
public final class SettleMoreFunction extends MessageFunction {
  private final SettleBoards settleBoards;

  public SettleMoreFunction() {
    this(Platform.current());
  }

  SettleMoreFunction(Platform platform) {
    super(platform);
    this.settleBoards = Settlement.on(platform);
  }

  @Override
  protected void on(Message message) {
    String after = message.as(SettleBoards.Rest.class).after();
    settleBoards.settle(after == null ? null : new BoardId(after));
  }
}
