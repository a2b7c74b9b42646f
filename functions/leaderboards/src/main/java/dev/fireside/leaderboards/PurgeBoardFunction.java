package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.BoardRemains;
import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Removes what is left of a deleted board.
public final class PurgeBoardFunction extends MessageFunction {
  private final PurgeBoard purgeBoard;

  public PurgeBoardFunction() {
    this(Platform.current());
  }

  PurgeBoardFunction(Platform platform) {
    super(platform);
    this.purgeBoard = new PurgeBoard(new BoardRemains(platform), platform.topics());
  }

  @Override
  protected void on(Message message) {
    purgeBoard.purge(new BoardId(message.as(PurgeBoard.Rest.class).board()));
  }
}
