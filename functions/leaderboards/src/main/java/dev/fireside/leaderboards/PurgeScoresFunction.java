package dev.fireside.leaderboards;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Goes on removing what a deleted person has on boards.
public final class PurgeScoresFunction extends MessageFunction {
  private final PurgeScores purgeScores;

  public PurgeScoresFunction() {
    this(Platform.current());
  }

  PurgeScoresFunction(Platform platform) {
    super(platform);
    this.purgeScores = new PurgeScores(platform);
  }

  @Override
  protected void on(Message message) {
    purgeScores.purge(message.as(PurgeScores.Rest.class).uid());
  }
}
