package dev.fireside.games.purge;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Goes on removing what a deleted person owned.
public final class PurgeUserFunction extends MessageFunction {
  private final PurgePlayer purgePlayer;

  public PurgeUserFunction() {
    this(Platform.current());
  }

  PurgeUserFunction(Platform platform) {
    super(platform);
    this.purgePlayer = new PurgePlayer(platform);
  }

  @Override
  protected void on(Message message) {
    purgePlayer.purge(message.as(PurgePlayer.Rest.class).uid());
  }
}
