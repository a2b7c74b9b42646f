package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Circle;
import dev.fireside.chat.domain.Log;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.Live;
import dev.fireside.chat.store.People;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Media;
import dev.fireside.social.domain.PersonView;
import dev.fireside.social.domain.Profile;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends a message, once for each client id.
final class SendMessage {
  private static final int KEY_BYTES = 12;

  private final ChatStore chats;
  private final Live live;
  private final People people;
  private final Invitations invitations;
  private final Clock clock;

  SendMessage(Stores stores, Invitations invitations, Clock clock) {
    this.chats = stores.chats();
    this.live = stores.live();
    this.people = stores.people();
    this.invitations = invitations;
    this.clock = clock;
  }

  /// A message as its sender asks for it.
  ///
  /// @param clientId what the sender calls it; the same when it is sent again
  /// @param replyTo place of the message it answers; 0 for none
  record Draft(String clientId, String text, List<Media> media, long replyTo) {
    Draft {
      media = List.copyOf(media);
    }

    String print() {
      return Digest.hex(text + "\n" + media + "\n" + replyTo, KEY_BYTES);
    }
  }

  MessageView send(Uid sender, ChatId id, Draft draft) {
    Profile profile = checkedSender(sender, id);
    var sending =
        new Sending(
            sender,
            id,
            draft,
            Digest.hex(sender + "\n" + draft.clientId(), KEY_BYTES),
            people.mentioned(draft.text()));
    Message message = chats.change(id, sending.key(), sending);
    return message.deleted()
        ? MessageView.place(message)
        : MessageView.of(message, PersonView.of(profile), sender);
  }

  private Profile checkedSender(Uid sender, ChatId id) {
    Uid other = id.isDirect() ? id.other(sender) : sender;
    Map<Uid, People.Seen> seen = people.look(sender, Set.copyOf(List.of(sender, other)));
    invitations.checkProfile(sender, seen);
    People.Seen there = seen.get(other);
    if (there == null || there.relation().blocked()) {
      throw Problems.noSuchChat();
    }
    if (!there.isActive()) {
      throw ProblemException.conflict(
          Reason.UNREACHABLE, "The account of the other is suspended or deleted");
    }
    People.Seen self = seen.get(sender);
    Profile profile = self == null ? null : self.profile();
    if (profile == null) {
      throw Problems.noProfile();
    }
    return profile;
  }

  /// One message on its way.
  private final class Sending implements ChatStore.Change<Message> {
    private final Uid sender;
    private final ChatId id;
    private final Draft draft;
    private final String key;
    private final List<Uid> mentioned;
    private @Nullable Circle met;

    Sending(Uid sender, ChatId id, Draft draft, String key, List<Uid> mentioned) {
      this.sender = sender;
      this.id = id;
      this.draft = draft;
      this.key = key;
      this.mentioned = mentioned;
    }

    String key() {
      return key;
    }

    @Override
    public ChatStore.Changed<Message> apply(@Nullable Chat chat, Optional<Message> kept) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      Chat current = chat == null && id.isDirect() ? Chat.direct(id, live.placeFor(id), now) : chat;
      if (current == null || !(id.isDirect() || current.circle().has(sender))) {
        throw Problems.noSuchChat();
      }
      Optional<Message> before =
          current.log().tail().stream()
              .filter(message -> message.key().equals(key))
              .findFirst()
              .or(() -> kept);
      if (before.isPresent()) {
        return new ChatStore.Changed<>(chat, same(before.get()));
      }
      checkPlaces(current);
      Circle circle = id.isDirect() ? both(current.circle()) : current.circle();
      Message message = message(current.log(), circle, now);
      return new ChatStore.Changed<>(
          current.with(circle).with(current.log().with(message)), message);
    }

    private Message same(Message before) {
      if (!before.print().equals(draft.print())) {
        throw Problems.field(ProblemType.KEY_REUSED, "clientId", "was used for another message");
      }
      return before;
    }

    private void checkPlaces(Chat chat) {
      if (chat.awaitsReply(sender)) {
        throw ProblemException.conflict(
            Reason.AWAITING_REPLY, "The other has to accept the chat before you write more");
      }
      if (draft.replyTo() > chat.log().last()
          || chat.log().find(draft.replyTo()).filter(Message::deleted).isPresent()) {
        throw Problems.field(ProblemType.INVALID_INPUT, "replyTo", "is not a message of this chat");
      }
    }

    /// Who writes has the chat; the other one has it if they follow the sender, else is asked.
    private Circle both(Circle circle) {
      Uid other = id.other(sender);
      Circle more = circle.joined(sender);
      if (more.has(other) || more.isAsked(other)) {
        return more;
      }
      Circle asked = met;
      if (asked == null) {
        boolean follows = !people.followers(List.of(other), sender).isEmpty();
        if (!follows && !invitations.hasRoom(other)) {
          throw Problems.tooMany("The other takes no more requests");
        }
        asked = follows ? Circle.EMPTY.joined(other) : Circle.EMPTY.asking(other, sender);
        met = asked;
      }
      return asked.has(other) ? more.joined(other) : more.asking(other, sender);
    }

    private Message message(Log log, Circle circle, Instant now) {
      return new Message(
          log.last() + 1,
          sender,
          key,
          draft.print(),
          draft.text(),
          draft.media(),
          draft.replyTo(),
          mentioned.stream().filter(circle::has).toList(),
          log.after(now),
          null,
          false,
          Map.of());
    }
  }
}
