package dev.fireside.chat;

import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Goes on removing what a deleted person leaves behind.
public final class PurgeUserFunction extends MessageFunction {
  private final FollowPerson followPerson;

  public PurgeUserFunction() {
    this(Platform.current());
  }

  PurgeUserFunction(Platform platform) {
    super(platform);
    this.followPerson = new FollowPerson(platform, Stores.of(platform));
  }

  @Override
  protected void on(Message message) {
    followPerson.purge(message.as(FollowPerson.Gone.class));
  }
}
