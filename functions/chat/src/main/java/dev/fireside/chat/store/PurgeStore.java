package dev.fireside.chat.store;

import com.google.cloud.firestore.Query;
import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Times;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// Removes for good: what a deleted person leaves behind, chats that nobody has any more, and
/// messages that are too old.
public final class PurgeStore {
  private static final int CHATS = 20;
  private static final int DOCUMENTS = 200;

  private final Documents documents;
  private final ChatStore chats;
  private final PageStore pages;
  private final Notices notices;

  public PurgeStore(Platform platform, Stores stores) {
    this.documents = platform.documents();
    this.chats = stores.chats();
    this.pages = stores.pages();
    this.notices = new Notices(platform, stores.standings(), stores.people());
  }

  /// Removes some of a person: from their chats, their words from all, of which the places stay.
  ///
  /// @return whether there may be more
  public boolean purgePageOf(Uid uid) {
    boolean more = false;
    for (String field : List.of("members", "asked", "declined", "people")) {
      List<Document> found =
          documents.list(
              documents.collection("chats").whereArrayContains(field, uid.value()).limit(CHATS));
      found.forEach(chat -> purge(ChatId.fromDocumentName(chat.id()), uid));
      more |= found.size() == CHATS;
    }
    List<Document> old =
        documents.list(
            documents
                .collectionGroup("history")
                .whereArrayContains("people", uid.value())
                .limit(CHATS));
    old.forEach(page -> purge(page, uid));
    boolean moreStandings =
        deletePage(documents.collectionGroup("standings").whereEqualTo("uid", uid.value()));
    boolean moreNotices = notices.removePage(uid, DOCUMENTS);
    return more || old.size() == CHATS || moreStandings || moreNotices;
  }

  private void purge(ChatId id, Uid uid) {
    chats.rewrite(id, chat -> chat.with(chat.circle().without(uid)).with(chat.log().without(uid)));
    removeIf(id, chat -> isAbandoned(chat) || (id.isDirect() && chat.circle().members().isEmpty()));
  }

  private void purge(Document page, Uid uid) {
    documents.writeIfUnchanged(writes -> {
      documents
          .get(page.path())
          .ifPresent(current -> pages.changeAll(writes, current, message -> message.without(uid)));
      return true;
    });
  }

  /// Whether nobody has a chat, nor will have it again.
  public static boolean isAbandoned(Chat chat) {
    boolean written = chat.log().last() > 0 || !chat.isDirect();
    return written
        && chat.circle().members().isEmpty()
        && chat.circle().asked().isEmpty()
        && chat.circle().declined().isEmpty();
  }

  /// Removes a chat and all below it, if nobody has it. The chat goes last: whoever stops in
  /// between finds it again.
  public void removeIfAbandoned(ChatId id) {
    removeIf(id, PurgeStore::isAbandoned);
  }

  private void removeIf(ChatId id, Predicate<Chat> isGone) {
    if (chats.get(id).filter(isGone).isEmpty()) {
      return;
    }
    deleteAll(pages.all(id));
    deleteAll(documents.collection(ChatDocument.path(id) + "/standings"));
    documents.writeIfUnchanged(writes -> {
      documents
          .get(ChatDocument.path(id))
          .filter(found -> isGone.test(ChatDocument.parse(found)))
          .ifPresent(writes::delete);
      return true;
    });
  }

  /// Removes some messages that were sent before an instant.
  ///
  /// @return whether there may be more
  public boolean purgePageBefore(Instant before) {
    var limit = Times.timestamp(before);
    boolean more = deletePage(documents.collectionGroup("history").whereLessThan("until", limit));
    List<Document> found =
        documents.list(documents.collection("chats").whereLessThan("tailAt", limit).limit(CHATS));
    found.forEach(chat ->
        chats.rewrite(
            ChatId.fromDocumentName(chat.id()),
            current ->
                current.with(current.log().withoutOldest(current.log().countBefore(before)))));
    return more || found.size() == CHATS;
  }

  /// Chats in which a person's words are live.
  ///
  /// @param after name of the document after which to go on; empty for the start
  public List<ChatId> liveOf(Uid uid, String after, int count) {
    Query query =
        documents
            .collection("chats")
            .whereArrayContains("people", uid.value())
            .orderBy(com.google.cloud.firestore.FieldPath.documentId())
            .limit(count);
    return documents.list(after.isEmpty() ? query : query.startAfter(after)).stream()
        .map(chat -> ChatId.fromDocumentName(chat.id()))
        .toList();
  }

  private void deleteAll(Query query) {
    boolean more = true;
    while (more) {
      more = deletePage(query);
    }
  }

  private boolean deletePage(Query query) {
    List<Document> found = documents.list(query.limit(DOCUMENTS));
    documents.deleteAll(found.stream().map(Document::path).toList());
    return found.size() == DOCUMENTS;
  }
}
