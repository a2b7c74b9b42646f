package dev.fireside.emulator.sample;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Notes every message.
public final class OnMessage extends MessageFunction {
  private final Journal journal;

  public OnMessage() {
    this(Platform.current());
  }

  OnMessage(Platform platform) {
    super(platform);
    this.journal = Journal.of(platform);
  }

  @Override
  protected void on(Message message) {
    journal.messages.add(message);
  }
}
