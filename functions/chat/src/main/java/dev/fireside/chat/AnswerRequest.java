package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Circle;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.ids.Uid;

/// Accepts or declines a chat that somebody was asked to.
final class AnswerRequest {
  private final Gate gate;
  private final ChatStore chats;

  AnswerRequest(Stores stores, Gate gate) {
    this.gate = gate;
    this.chats = stores.chats();
  }

  void answer(Uid uid, ChatId id, boolean accepted) {
    gate.checkBlock(uid, id);
    chats.change(
        id,
        (chat, _) -> {
          if (chat == null || !(chat.circle().isAsked(uid) || isAnswered(chat, uid, accepted))) {
            throw Problems.noSuchChat();
          }
          return new ChatStore.Changed<>(chat.with(answered(chat, uid, accepted)), true);
        });
  }

  /// Whether it was answered so before.
  private static boolean isAnswered(Chat chat, Uid uid, boolean accepted) {
    return accepted ? chat.circle().has(uid) : chat.circle().declined().contains(uid);
  }

  private static Circle answered(Chat chat, Uid uid, boolean accepted) {
    Circle circle = chat.circle();
    if (accepted) {
      return circle.joined(uid);
    }
    return chat.isDirect() ? circle.declinedBy(uid) : circle.left(uid);
  }
}
