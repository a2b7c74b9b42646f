package dev.fireside.chat.store;

import com.google.cloud.firestore.Query;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Log;
import dev.fireside.chat.domain.Message;
import dev.fireside.shared.Platform;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Writes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Older messages in Firestore, many in one document: `chats/{chat}/history/{first}`.
public final class PageStore {
  /// Messages of a page, at least, but for those of large ones: by it pages are asked for.
  private static final int MESSAGES_LIKELY = 50;

  private final Documents documents;

  public PageStore(Platform platform) {
    this.documents = platform.documents();
  }

  private static String collection(ChatId id) {
    return ChatDocument.path(id) + "/history";
  }

  /// The collection of a chat's pages.
  Query all(ChatId id) {
    return documents.collection(collection(id));
  }

  /// Digits enough for any chat, so that names sort like numbers.
  static String name(long seq) {
    return String.format(Locale.ROOT, "%010d", seq);
  }

  /// Adds a page to a commit.
  static void create(Writes writes, ChatId id, List<Message> messages) {
    writes.create(collection(id) + "/" + name(messages.getFirst().seq()), fields(messages));
  }

  private static Map<String, Object> fields(List<Message> messages) {
    var fields = new HashMap<String, Object>();
    fields.put("first", messages.getFirst().seq());
    fields.put("last", messages.getLast().seq());
    fields.put("until", messages.getLast().at());
    fields.put("messages", MessageDocument.fieldsOf(messages));
    fields.put("keys", messages.stream().map(Message::key).filter(key -> !key.isEmpty()).toList());
    fields.put("people", MessageDocument.people(messages));
    return fields;
  }

  static List<Message> parse(Document page) {
    return MessageDocument.parseAll(page.fields(), "messages");
  }

  /// Messages before one, newest first; fewer than `count` only where there are no more.
  public List<Message> before(ChatId id, long seq, int count) {
    var found = new ArrayList<Message>();
    long position = seq;
    while (found.size() < count && position > 1) {
      int pages = Math.ceilDiv(count - found.size(), MESSAGES_LIKELY) + 1;
      List<Document> documentsFound = documents.list(newestBefore(id, position).limit(pages));
      long limit = position;
      documentsFound.forEach(page ->
          parse(page).reversed().stream().filter(old -> old.seq() < limit).forEach(found::add));
      if (documentsFound.size() < pages) {
        break;
      }
      position = documentsFound.getLast().fields().number("first");
    }
    return found.subList(0, Math.min(count, found.size()));
  }

  private Query newestBefore(ChatId id, long seq) {
    return all(id).whereLessThan("first", seq).orderBy("first", Query.Direction.DESCENDING);
  }

  /// One message.
  public Optional<Message> find(ChatId id, long seq) {
    return before(id, seq + 1, 1).stream().filter(found -> found.seq() == seq).findFirst();
  }

  /// Messages by the keys of their client ids.
  Map<String, Message> byKeys(ChatId id, Collection<String> keys) {
    var found = new HashMap<String, Message>();
    for (List<String> part : Documents.perQuery(keys)) {
      for (Document page : documents.list(all(id).whereArrayContainsAny("keys", part))) {
        parse(page).stream()
            .filter(message -> part.contains(message.key()))
            .forEach(message -> found.put(message.key(), message));
      }
    }
    return found;
  }

  /// Changes one message. Throws [FullException] where there is no room for it.
  ///
  /// @return the message as it is now; empty when there is none
  public Optional<Message> change(ChatId id, long seq, UnaryOperator<Message> change) {
    return documents.writeIfUnchanged(writes -> {
      Optional<Document> page =
          documents.list(newestBefore(id, seq + 1).limit(1)).stream().findFirst();
      List<Message> before = page.map(PageStore::parse).orElse(List.of());
      List<Message> after =
          before.stream()
              .map(message -> message.seq() == seq ? change.apply(message) : message)
              .toList();
      if (!Log.fits(before, after)) {
        throw new FullException();
      }
      if (page.isPresent() && !after.equals(before)) {
        writes.update(page.get(), fields(after));
      }
      return after.stream().filter(message -> message.seq() == seq).findFirst();
    });
  }

  /// Changes each message of a page.
  void changeAll(Writes writes, Document page, UnaryOperator<Message> change) {
    writes.update(page, fields(parse(page).stream().map(change).toList()));
  }
}
