package dev.fireside.accounts;

import dev.fireside.accounts.store.Links;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Goes on removing what a deleted person leaves behind.
public final class PurgeUserFunction extends MessageFunction {
  private final PurgePerson purgePerson;

  public PurgeUserFunction() {
    this(Platform.current());
  }

  PurgeUserFunction(Platform platform) {
    super(platform);
    this.purgePerson = new PurgePerson(new Links(platform), platform.accounts(), platform.topics());
  }

  @Override
  protected void on(Message message) {
    purgePerson.purge(message.as(PurgePerson.Rest.class).uid());
  }
}
