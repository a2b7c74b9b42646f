package dev.fireside.games.purge;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Goes on removing who took part in a deleted live event.
public final class PurgeEventFunction extends MessageFunction {
  private final PurgeEvent purgeEvent;

  public PurgeEventFunction() {
    this(Platform.current());
  }

  PurgeEventFunction(Platform platform) {
    super(platform);
    this.purgeEvent = new PurgeEvent(platform);
  }

  @Override
  protected void on(Message message) {
    purgeEvent.purge(message.as(PurgeEvent.Rest.class).event());
  }
}
