package dev.fireside.feed;

import dev.fireside.feed.domain.FanOutMessage;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// A leg of a walk through an author's active followers is due.
public final class FanOutFunction extends MessageFunction {
  private final FanOut fanOut;

  public FanOutFunction() {
    this(Platform.current());
  }

  FanOutFunction(Platform platform) {
    super(platform);
    this.fanOut = new FanOut(platform, Stores.of(platform));
  }

  @Override
  protected void on(Message message) {
    fanOut.walk(message.as(FanOutMessage.class));
  }
}
