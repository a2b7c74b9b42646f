package dev.fireside.posts;

import dev.fireside.posts.store.PurgeStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Goes on removing what a deleted person wrote.
public final class PurgeUserFunction extends MessageFunction {
  private final PurgePerson purgePerson;

  public PurgeUserFunction() {
    this(Platform.current());
  }

  PurgeUserFunction(Platform platform) {
    super(platform);
    this.purgePerson = new PurgePerson(new PurgeStore(platform), platform.topics());
  }

  @Override
  protected void on(Message message) {
    purgePerson.purge(message.as(PurgePerson.Rest.class).uid());
  }
}
