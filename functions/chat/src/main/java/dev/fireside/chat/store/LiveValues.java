package dev.fireside.chat.store;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.domain.Role;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.text.CodePoints;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the Realtime Database holds of a chat, and what of it a change concerns.
///
/// @param before the chat before the change; null for all of it
/// @param after the chat after it; null where it is gone
record LiveValues(@Nullable Chat before, @Nullable Chat after) {
  /// Members of a chat in which the rules let people say that they type, at most.
  private static final int TYPING_PEOPLE_MAX = 100;

  /// Messages that are live, at most.
  static final int MESSAGES = 30;

  /// Characters of a message in lists, at most.
  private static final int PREVIEW_MAX = 100;

  private static final String ASKED = "asked";

  static String room(Chat chat) {
    return "chats/" + chat.id();
  }

  static String entry(Uid reader, Chat chat) {
    return "chatLists/" + reader + "/" + chat.id();
  }

  /// Those whose words the change concerns.
  Set<Uid> senders(@Nullable Chat current) {
    var senders = new HashSet<Uid>();
    places()
        .forEach(seq -> {
          Message message = live(current, seq);
          if (message != null && message.sender() != null) {
            senders.add(message.sender());
          }
        });
    Uid last = lastSender(current);
    if (last != null) {
      senders.add(last);
    }
    return senders;
  }

  /// Whose the newest message is.
  static @Nullable Uid lastSender(@Nullable Chat chat) {
    return chat == null || chat.log().tail().isEmpty()
        ? null
        : chat.log().tail().getLast().sender();
  }

  /// A chat to name places by; null where there is neither.
  @Nullable Chat some() {
    return after != null ? after : before;
  }

  /// What stands in one reader's list.
  ///
  /// @param value null for nothing
  record Entry(String path, @Nullable Object value) {}

  /// What is to be written.
  ///
  /// @param room values by path; null for nothing
  record Values(Map<String, @Nullable Object> room, Map<Uid, Entry> lists) {
    /// What of it stands in the list of one reader.
    Map<Uid, Entry> of(Uid reader) {
      Entry entry = lists.get(reader);
      return entry == null ? Map.of() : Map.of(reader, entry);
    }
  }

  /// All that the change concerns, as it should be by what is stored now.
  ///
  /// @param current the chat as it is now; null where it is gone
  /// @param shown of whom messages are shown
  /// @param apart readers who see nothing of who wrote the newest message
  Values values(@Nullable Chat current, Predicate<Uid> shown, Predicate<Uid> apart) {
    Chat some = some();
    return some == null
        ? new Values(Map.of(), Map.of())
        : new Values(room(some, current, shown), lists(some, current, shown, apart));
  }

  private Map<String, @Nullable Object> room(
      Chat some, @Nullable Chat current, Predicate<Uid> shown) {
    var values = new HashMap<String, @Nullable Object>();
    Set<Uid> moved = movedPeople();
    if (!moved.isEmpty()) {
      boolean large = current != null && current.readers().size() > TYPING_PEOPLE_MAX;
      values.put(room(some) + "/large", large ? true : null);
    }
    for (Uid uid : moved) {
      String role = current == null ? null : role(current, uid);
      values.put(room(some) + "/members/" + uid, role);
      if (role == null) {
        values.put(room(some) + "/read/" + uid, null);
      }
    }
    for (long seq : places()) {
      Message message = live(current, seq);
      boolean visible =
          message != null && (message.sender() == null || shown.test(message.sender()));
      values.put(
          room(some) + "/messages/" + PageStore.name(seq),
          message != null && visible ? value(message) : null);
    }
    return values;
  }

  private Map<Uid, Entry> lists(
      Chat some, @Nullable Chat current, Predicate<Uid> shown, Predicate<Uid> apart) {
    var lists = new HashMap<Uid, Entry>();
    Uid last = lastSender(current);
    boolean hidden = last != null && !shown.test(last);
    for (Uid reader : changedLists()) {
      String path = entry(reader, some);
      if (current == null || !isListed(current, reader)) {
        lists.put(reader, new Entry(path, null));
      } else if (!hidden && !apart.test(reader)) {
        lists.put(reader, new Entry(path, entry(current, reader)));
      }
    }
    return lists;
  }

  private static boolean isListed(Chat chat, Uid reader) {
    return chat.log().lastAt() != null && chat.readers().contains(reader);
  }

  private Set<Uid> movedPeople() {
    return changedFor((chat, uid) -> role(chat, uid));
  }

  private Set<Uid> changedLists() {
    return changedFor((chat, uid) -> isListed(chat, uid) ? entry(chat, uid) : null);
  }

  private interface View {
    @Nullable Object of(Chat chat, Uid uid);
  }

  private Set<Uid> changedFor(View view) {
    var changed = new HashSet<Uid>();
    for (Chat chat : new Chat[] {before, after}) {
      if (chat != null) {
        changed.addAll(chat.readers());
      }
    }
    changed.removeIf(uid ->
        before != null
            && after != null
            && Objects.equals(view.of(before, uid), view.of(after, uid)));
    return changed;
  }

  private Set<Long> places() {
    var places = new HashSet<Long>();
    for (Chat chat : new Chat[] {before, after}) {
      if (chat != null) {
        newest(chat).forEach(message -> places.add(message.seq()));
      }
    }
    if (before != null && after != null) {
      places.removeIf(seq -> Objects.equals(live(before, seq), live(after, seq)));
    }
    return places;
  }

  private static List<Message> newest(Chat chat) {
    List<Message> tail = chat.log().tail();
    return tail.subList(Math.max(0, tail.size() - MESSAGES), tail.size());
  }

  private static @Nullable Message live(@Nullable Chat chat, long seq) {
    return chat == null || seq <= chat.log().last() - MESSAGES
        ? null
        : chat.log().find(seq).orElse(null);
  }

  private static @Nullable String role(Chat chat, Uid uid) {
    Role role = chat.circle().role(uid);
    if (role != null) {
      return WireNames.of(role);
    }
    return chat.isReadBy(uid) ? ASKED : null;
  }

  private static Map<String, Object> value(Message message) {
    var value = new HashMap<String, Object>();
    value.put("seq", message.seq());
    value.put("at", message.at().toEpochMilli());
    if (message.deleted()) {
      value.put("deleted", true);
      return value;
    }
    if (message.sender() != null) {
      value.put("sender", message.sender().value());
    }
    if (!message.text().isEmpty()) {
      value.put("text", message.text());
    }
    if (!message.media().isEmpty()) {
      value.put("media", message.media());
    }
    if (message.replyTo() > 0) {
      value.put("replyTo", message.replyTo());
    }
    if (!message.mentions().isEmpty()) {
      value.put("mentions", MessageDocument.values(message.mentions()));
    }
    if (message.editedAt() != null) {
      value.put("editedAt", message.editedAt().toEpochMilli());
    }
    var reactions = new HashMap<String, Object>();
    message.reactions().forEach((kind, people) -> reactions.put(WireNames.of(kind), people.size()));
    if (!reactions.isEmpty()) {
      value.put("reactions", reactions);
    }
    return value;
  }

  private static Map<String, Object> entry(Chat chat, Uid reader) {
    var entry = new HashMap<String, Object>();
    entry.put("last", chat.log().last());
    if (chat.log().lastAt() != null) {
      entry.put("at", chat.log().lastAt().toEpochMilli());
    }
    if (!chat.title().isEmpty()) {
      entry.put("title", chat.title());
    }
    if (!chat.circle().has(reader)) {
      entry.put("request", true);
    }
    if (!chat.log().tail().isEmpty()) {
      Message message = chat.log().tail().getLast();
      if (message.deleted()) {
        entry.put("deleted", true);
      } else if (message.sender() != null) {
        entry.put("sender", message.sender().value());
        entry.put("text", CodePoints.first(message.text(), PREVIEW_MAX));
      }
    }
    return entry;
  }
}
