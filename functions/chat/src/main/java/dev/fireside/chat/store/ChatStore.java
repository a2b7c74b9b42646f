package dev.fireside.chat.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Log;
import dev.fireside.chat.domain.Message;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Writes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Chats in Firestore: `chats/{name}`, who is in them and the newest messages in one document.
public final class ChatStore {
  private final Documents documents;
  private final PageStore pages;
  private final Live live;
  private final Lanes<ChatId, Work<?>> lanes = new Lanes<>();

  public ChatStore(Platform platform, PageStore pages, Live live) {
    this.documents = platform.documents();
    this.pages = pages;
    this.live = live;
  }

  /// What somebody wants to make of a chat. May be asked several times, and has no effect but its
  /// result; what it throws reaches whoever wanted it, and nobody else.
  @FunctionalInterface
  public interface Change<R> {
    /// Makes the change.
    ///
    /// @param chat as it is; null where there is none
    /// @param kept the message that was sent by the same key and is in a page by now
    Changed<R> apply(@Nullable Chat chat, Optional<Message> kept);
  }

  /// What a change makes of a chat.
  ///
  /// @param chat the same one to leave it; null where there is none
  public record Changed<R>(@Nullable Chat chat, R result) {}

  /// A chat.
  public Optional<Chat> get(ChatId id) {
    return documents.get(ChatDocument.path(id)).map(ChatDocument::parse);
  }

  /// Changes a chat; those who do at the same time are written together.
  public <R> R change(ChatId id, Change<R> change) {
    return change(id, null, change);
  }

  /// The same for who sends a message.
  ///
  /// @param key of sender and client id
  public <R> R change(ChatId id, @Nullable String key, Change<R> change) {
    var work = new Work<R>(key, change);
    lanes.run(id, work, all -> commit(id, all));
    return work.result();
  }

  private void commit(ChatId id, List<Work<?>> all) {
    Commit commit;
    try {
      commit = documents.writeIfUnchanged(writes -> attempt(id, all, writes));
    } catch (RuntimeException e) {
      all.forEach(work -> work.fail(e));
      return;
    }
    all.forEach(Work::finish);
    Chat after = commit.after();
    if (after != null) {
      live.publish(commit.before(), after);
    }
  }

  /// @param after null where nothing was changed
  private record Commit(@Nullable Chat before, @Nullable Chat after) {}

  private Commit attempt(ChatId id, List<Work<?>> all, Writes writes) {
    Document found = documents.get(ChatDocument.path(id)).orElse(null);
    Chat before = found == null ? null : ChatDocument.parse(found);
    Map<String, Message> kept = before == null ? Map.of() : kept(before, all);
    Chat after = before;
    for (Work<?> work : all) {
      after = work.attempt(after, kept);
    }
    if (after == null || after.equals(before)) {
      return new Commit(before, null);
    }
    return new Commit(before, write(writes, found, after.next()));
  }

  /// Messages in pages with the keys of those that are sent. Read after the chat's document: what
  /// is not in its tail is in a page by then, or was never sent.
  private Map<String, Message> kept(Chat chat, List<Work<?>> all) {
    if (chat.log().first() <= 1) {
      return Map.of();
    }
    List<String> sent = chat.log().tail().stream().map(Message::key).toList();
    List<String> unknown =
        all.stream()
            .map(Work::key)
            .filter(Objects::nonNull)
            .filter(key -> !sent.contains(key))
            .distinct()
            .toList();
    return pages.byKeys(chat.id(), unknown);
  }

  private static Chat write(Writes writes, @Nullable Document found, Chat chat) {
    Chat rest = chat;
    List<Message> overflow = rest.log().overflow();
    while (!overflow.isEmpty()) {
      PageStore.create(writes, rest.id(), overflow);
      rest = rest.with(rest.log().withoutOldest(overflow.size()));
      overflow = rest.log().overflow();
    }
    String path = ChatDocument.path(rest.id());
    writes.write(
        path, found, found == null ? ChatDocument.created(rest) : ChatDocument.fields(rest));
    return rest;
  }

  /// Changes one message, wherever it is. Throws [FullException] where there is no room for it.
  ///
  /// @param change the message as it is to be; throws to refuse
  /// @return the message as it is now; empty where there is no such chat or message
  public Optional<Message> changeMessage(
      ChatId id, long seq, BiFunction<Chat, Message, Message> change) {
    Found found =
        change(
            id,
            (chat, _) -> {
              Message message = chat == null ? null : chat.log().find(seq).orElse(null);
              if (chat == null || message == null) {
                return new Changed<>(chat, new Found(chat, null));
              }
              Message after = change.apply(chat, message);
              Log log = chat.log().changed(seq, _ -> after);
              if (!Log.fits(chat.log().tail(), log.tail())) {
                throw new FullException();
              }
              return new Changed<>(
                  after.equals(message) ? chat : chat.with(log), new Found(chat, after));
            });
    Chat chat = found.chat();
    if (chat == null || found.message() != null || seq >= chat.log().first()) {
      return Optional.ofNullable(found.message());
    }
    return pages.change(id, seq, message -> change.apply(chat, message));
  }

  private record Found(@Nullable Chat chat, @Nullable Message message) {}

  /// A message, wherever it is.
  public Optional<Message> message(Chat chat, long seq) {
    Optional<Message> inTail = chat.log().find(seq);
    return inTail.isPresent() || seq >= chat.log().first() || seq < 1
        ? inTail
        : pages.find(chat.id(), seq);
  }

  /// The messages of a chat before one, newest first; fewer than `count` only where there are no
  /// more.
  ///
  /// @param before the place of the one; above all for the newest
  public List<Message> messages(Chat chat, long before, int count) {
    var found = new ArrayList<Message>();
    for (Message message : chat.log().tail().reversed()) {
      if (message.seq() < before && found.size() < count) {
        found.add(message);
      }
    }
    if (found.size() < count && chat.log().first() > 1) {
      found.addAll(
          pages.before(chat.id(), Math.min(before, chat.log().first()), count - found.size()));
    }
    return found;
  }

  /// Which chats of a person a list holds.
  public enum Box {
    /// Those that they have.
    INBOX("members"),
    /// Those that they are asked to.
    REQUESTS("asked");

    private final String field;

    Box(String field) {
      this.field = field;
    }
  }

  /// Chats of a person, those first where something happened last.
  ///
  /// @param position of the chat after which the list goes on; null for the start
  public List<Chat> list(Uid uid, Box box, @Nullable String position, int count) {
    Query query =
        box(uid, box)
            .orderBy("lastAt", Query.Direction.DESCENDING)
            .orderBy(FieldPath.documentId(), Query.Direction.DESCENDING)
            .limit(count);
    if (position != null) {
      int comma = position.indexOf(',');
      Instant at = Instant.parse(position.substring(0, comma));
      query = query.startAfter(Times.timestamp(at), position.substring(comma + 1));
    }
    return documents.list(query).stream().map(ChatDocument::parse).toList();
  }

  /// Where a chat stands in a list.
  public static String position(Chat chat) {
    return chat.log().lastAt() + "," + chat.id().documentName();
  }

  /// How many chats wait for a person to accept them.
  public long countRequests(Uid uid) {
    return documents.count(box(uid, Box.REQUESTS)).count();
  }

  private Query box(Uid uid, Box box) {
    return documents.collection("chats").whereArrayContains(box.field, uid.value());
  }

  /// Changes each message of a chat's tail, and the chat; used where a person goes.
  public void rewrite(ChatId id, UnaryOperator<Chat> change) {
    change(id, (chat, _) -> new Changed<>(chat == null ? null : change.apply(chat), true));
  }
}
