package dev.fireside.chat;

import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// Called when a chat was written, changed or removed.
public final class ChatWrittenFunction extends FirestoreFunction {
  private final HealChat healChat;

  public ChatWrittenFunction() {
    this(Platform.current());
  }

  ChatWrittenFunction(Platform platform) {
    super(platform);
    this.healChat = new HealChat(platform, Stores.of(platform));
  }

  @Override
  protected void on(DocumentChange change) {
    healChat.heal(change);
  }
}
