package dev.fireside.games.store;

import com.google.cloud.firestore.Query;
import dev.fireside.economy.store.HoldingDocument;
import dev.fireside.economy.store.Inventories;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.util.List;

/// Removes what deleted people owned and took part in, and who took part in deleted events. It
/// removes whatever exists, so that it can be begun again at any time.
public final class PlayerPurge {
  private static final int DOCUMENTS_PER_PAGE = 200;
  private static final int SESSIONS_PER_PAGE = 20;

  private final Documents documents;
  private final Inventories inventories;

  public PlayerPurge(Platform platform) {
    this.documents = platform.documents();
    this.inventories = new Inventories(platform);
  }

  /// Removes some of what a person left.
  ///
  /// @return whether there may be more
  public boolean purgePageOf(Uid uid) {
    // The head first: what is done meanwhile makes a new one, which is noticed.
    documents.delete(HoldingDocument.head(uid));
    boolean more = deletePage(documents.collection(HoldingDocument.inventory(uid)));
    more |= deletePage(documents.collection(HoldingDocument.history(uid)));
    more |= deletePage(documents.collectionGroup("participants").whereEqualTo("uid", uid.value()));
    more |= deleteSessions(uid);
    more |= eraseFromOthers(uid);
    inventories.forget(uid);
    return more;
  }

  /// What others handed over to the person, or got, stays in their histories, without the person.
  private boolean eraseFromOthers(Uid uid) {
    List<Document> entries =
        documents.list(
            documents
                .collectionGroup("inventoryHistory")
                .whereEqualTo("reference", uid.value())
                .limit(DOCUMENTS_PER_PAGE));
    entries.forEach(entry -> documents.update(entry.path(), HoldingDocument.withoutOther(entry)));
    return entries.size() == DOCUMENTS_PER_PAGE;
  }

  private boolean deleteSessions(Uid uid) {
    List<Document> sessions =
        documents.list(
            documents
                .collection("games")
                .whereEqualTo("uid", uid.value())
                .limit(SESSIONS_PER_PAGE));
    boolean more = sessions.size() == SESSIONS_PER_PAGE;
    for (Document session : sessions) {
      // The session last: it is what its log is found by.
      if (deletePage(documents.collection(session.path() + "/batches"))) {
        more = true;
      } else {
        documents.delete(session.path());
      }
    }
    return more;
  }

  /// Removes some of those who took part in an event.
  ///
  /// @return whether there may be more
  public boolean purgePageOf(String event) {
    return deletePage(documents.collection(LiveEventDocument.participants(event)));
  }

  private boolean deletePage(Query query) {
    List<Document> found = documents.list(query.limit(DOCUMENTS_PER_PAGE));
    documents.deleteAll(found.stream().map(Document::path).toList());
    return found.size() == DOCUMENTS_PER_PAGE;
  }
}
