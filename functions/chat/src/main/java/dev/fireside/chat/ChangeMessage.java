package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.domain.Role;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.FullException;
import dev.fireside.chat.store.People;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.ReactionKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;

/// Changes a message that was sent: its text, for a while; whether it stands; who reacts to it.
final class ChangeMessage {
  private final Gate gate;
  private final ChatStore chats;
  private final People people;
  private final ReadMessages readMessages;
  private final Clock clock;
  private final Duration editable;

  /// @param editable for how long after it was sent a message can be edited
  ChangeMessage(
      Stores stores, Gate gate, ReadMessages readMessages, Clock clock, Duration editable) {
    this.gate = gate;
    this.chats = stores.chats();
    this.people = stores.people();
    this.readMessages = readMessages;
    this.clock = clock;
    this.editable = editable;
  }

  MessageView edit(Uid editor, ChatId id, long seq, String text) {
    List<Uid> mentioned = people.mentioned(text);
    return changed(
        editor,
        id,
        seq,
        (chat, message) -> {
          checkOwn(editor, message);
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          if (message.text().equals(text)) {
            return message;
          }
          if (text.isEmpty() && message.media().isEmpty()) {
            throw Problems.field(
                ProblemType.INVALID_INPUT, "text", "is empty, and there is no media either");
          }
          if (now.isAfter(message.at().plus(editable))) {
            throw ProblemException.conflict(
                Reason.EDIT_OVER, "A message can be edited for " + editable.toMinutes() + " min");
          }
          return message.withText(
              text, mentioned.stream().filter(chat.circle()::has).toList(), now);
        });
  }

  private static void checkOwn(Uid uid, Message message) {
    if (message.deleted()) {
      throw Problems.noSuchMessage();
    }
    if (!uid.equals(message.sender())) {
      throw Problems.notYours();
    }
  }

  /// Takes a message away for everybody: one's own, or in a group somebody's whose role is lower.
  void delete(Uid caller, ChatId id, long seq) {
    changed(
        caller,
        id,
        seq,
        (chat, message) -> {
          if (!message.deleted() && !mayDelete(caller, chat, message)) {
            throw Problems.notYours();
          }
          return message.deleted() ? message : message.asDeleted();
        });
  }

  private static boolean mayDelete(Uid caller, Chat chat, Message message) {
    Uid sender = message.sender();
    if (caller.equals(sender)) {
      return true;
    }
    Role role = chat.circle().role(caller);
    Role other = sender == null ? null : chat.circle().role(sender);
    return role != null
        && role.leads()
        && !chat.isDirect()
        && role.isAbove(other == null ? Role.MEMBER : other);
  }

  MessageView react(Uid caller, ChatId id, long seq, ReactionKind kind, boolean present) {
    // What somebody does not see they cannot react to.
    readMessages.read(caller, id, seq);
    return changed(
        caller,
        id,
        seq,
        (chat, message) -> {
          if (message.deleted()) {
            throw Problems.noSuchMessage();
          }
          return message.withReaction(caller, kind, present);
        });
  }

  private MessageView changed(
      Uid caller, ChatId id, long seq, BiFunction<Chat, Message, Message> change) {
    gate.checkBlock(caller, id);
    try {
      return chats
          .changeMessage(
              id, seq, (chat, message) -> change.apply(Gate.member(chat, caller), message))
          .map(after -> readMessages.present(caller, after))
          .orElseThrow(() -> missing(caller, id));
    } catch (FullException e) {
      throw Problems.tooMany(String.valueOf(e.getMessage()));
    }
  }

  /// What is missing: the message, or the chat for this caller.
  private ProblemException missing(Uid caller, ChatId id) {
    gate.reading(caller, id);
    return Problems.noSuchMessage();
  }
}
