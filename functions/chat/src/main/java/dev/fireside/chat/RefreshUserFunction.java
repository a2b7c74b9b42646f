package dev.fireside.chat;

import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Goes on with the live copies of a person's chats.
public final class RefreshUserFunction extends MessageFunction {
  private final FollowPerson followPerson;

  public RefreshUserFunction() {
    this(Platform.current());
  }

  RefreshUserFunction(Platform platform) {
    super(platform);
    this.followPerson = new FollowPerson(platform, Stores.of(platform));
  }

  @Override
  protected void on(Message message) {
    followPerson.refresh(message.as(FollowPerson.Changed.class));
  }
}
