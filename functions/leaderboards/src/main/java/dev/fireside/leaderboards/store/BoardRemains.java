package dev.fireside.leaderboards.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.store.BoardStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.util.List;

/// What is left of a deleted board.
public final class BoardRemains {
  private static final int DOCUMENTS_PER_PAGE = 400;
  private static final int PERIODS_PER_PAGE = 20;

  private final Documents documents;
  private final Redis redis;

  public BoardRemains(Platform platform) {
    this.documents = platform.documents();
    this.redis = platform.redis();
  }

  /// Whether there is something to remove.
  public boolean isDeleted(BoardId id) {
    return documents
        .get(BoardStore.path(id))
        .filter(document -> BoardStore.parse(document).status() == BoardStatus.DELETED)
        .isPresent();
  }

  /// Removes some of the players, or else some of the periods with their chunks.
  ///
  /// @return whether there may be more
  public boolean removePage(BoardId id) {
    return removeNames(documents.collection(BoardStore.path(id) + "/players")) || removePeriods(id);
  }

  private boolean removePeriods(BoardId id) {
    List<Document> periods =
        documents.list(
            named(documents.collection(BoardStore.path(id) + "/periods"), PERIODS_PER_PAGE));
    for (Document period : periods) {
      if (removeNames(documents.collection(period.path() + "/chunks"))) {
        return true;
      }
      documents.delete(period.path());
    }
    return periods.size() == PERIODS_PER_PAGE;
  }

  private boolean removeNames(Query query) {
    List<Document> found = documents.list(named(query, DOCUMENTS_PER_PAGE));
    documents.deleteAll(found.stream().map(Document::path).toList());
    return found.size() == DOCUMENTS_PER_PAGE;
  }

  /// Only the names: what goes need not be read.
  private static Query named(Query query, int limit) {
    return query.select(FieldPath.documentId()).limit(limit);
  }

  /// Removes the ranks, then the board's own document, unless it was created anew. Throws
  /// [dev.fireside.shared.redis.RedisUnavailableException] while Redis is away.
  public void removeBoard(BoardId id) {
    redis.unlinkPrefix("leaderboard:{" + id + "}:");
    documents.transact(transaction -> {
      boolean deleted =
          transaction
              .get(BoardStore.path(id))
              .filter(document -> BoardStore.parse(document).status() == BoardStatus.DELETED)
              .isPresent();
      if (deleted) {
        transaction.delete(BoardStore.path(id));
      }
      return deleted;
    });
  }
}
