package dev.fireside.chat.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A chat; `chats/{name}`.
///
/// @param title of a group; empty for a direct chat
/// @param avatarUrl of a group
/// @param database name of the Realtime Database that has its live copy, for as long as it exists
/// @param revision grows by one with every change
public record Chat(
    ChatId id,
    String database,
    String title,
    @Nullable String avatarUrl,
    Circle circle,
    Log log,
    Instant createdAt,
    long revision) {
  /// Code points of a title, at most.
  public static final int TITLE_MAX = 100;

  /// Messages to somebody who has not accepted the chat.
  public static final int UNANSWERED_MAX = 3;

  /// The direct chat of two people before its first message.
  public static Chat direct(ChatId id, String database, Instant now) {
    return new Chat(id, database, "", null, Circle.EMPTY, Log.empty(null), now, 0);
  }

  /// A new group.
  public static Chat group(ChatId id, String database, String title, Circle circle, Instant now) {
    return new Chat(id, database, title, null, circle, Log.empty(now), now, 0);
  }

  public boolean isDirect() {
    return id.isDirect();
  }

  /// With other people.
  public Chat with(Circle other) {
    return new Chat(id, database, title, avatarUrl, other, log, createdAt, revision);
  }

  /// With other messages.
  public Chat with(Log other) {
    return new Chat(id, database, title, avatarUrl, circle, other, createdAt, revision);
  }

  /// With another title and picture.
  public Chat named(String newTitle, @Nullable String newAvatarUrl) {
    return new Chat(id, database, newTitle, newAvatarUrl, circle, log, createdAt, revision);
  }

  /// As it is written next.
  public Chat next() {
    return new Chat(id, database, title, avatarUrl, circle, log, createdAt, revision + 1);
  }

  /// Whether a person may read it: members, and who is asked to a direct chat.
  public boolean isReadBy(Uid uid) {
    return circle.has(uid) || (isDirect() && circle.isAsked(uid));
  }

  /// Whether a person is asked to this group.
  public boolean isAskedToGroup(Uid uid) {
    return !isDirect() && circle.isAsked(uid);
  }

  /// Those in whose lists it is.
  public Set<Uid> readers() {
    var readers = new LinkedHashSet<>(circle.members());
    if (isDirect()) {
      readers.addAll(circle.asked().keySet());
    }
    return readers;
  }

  /// Whether the other of a direct chat has to accept before this person may write more.
  public boolean awaitsReply(Uid sender) {
    if (!isDirect()) {
      return false;
    }
    Uid other = id.other(sender);
    return circle.declined().contains(other)
        || (circle.isAsked(other) && log.last() >= UNANSWERED_MAX);
  }
}
