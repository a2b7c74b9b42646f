package dev.fireside.play.store;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.CachedDocuments;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Boards, whatever their status: `leaderboards/{board}` in Firestore, `leaderboard:{board}:board`
/// in Redis (1 h).
public final class BoardStore extends CachedDocuments<BoardId, Board> {
  private static final String COLLECTION = "leaderboards";
  private static final Duration TTL = Duration.ofHours(1);

  /// How long somebody may be shown a board as it was, where the event of its change was late.
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Documents documents;

  public BoardStore(Platform platform) {
    super(
        platform.documents(),
        platform.cache("leaderboard:{}:board", Board.class, TTL, FRESH),
        BoardStore::path,
        BoardStore::parse);
    this.documents = platform.documents();
  }

  /// The document of a board.
  public static String path(BoardId id) {
    return COLLECTION + "/" + id;
  }

  /// A board from its document.
  public static Board parse(Document document) {
    return BoardDocument.parse(document);
  }

  /// The fields of a board's document.
  public static Map<String, Object> fields(Board board) {
    return BoardDocument.fields(board);
  }

  /// A board as it is, whatever its status.
  public Optional<Board> read(BoardId id) {
    return documents.get(path(id)).map(BoardStore::parse);
  }

  /// Boards of every status in the order of their ids.
  ///
  /// @param after the id to go on after; null for the first page
  public List<Board> list(@Nullable BoardId after, int limit) {
    var query = documents.collection(COLLECTION).orderBy("__name__").limit(limit);
    return documents.list(after == null ? query : query.startAfter(after.value())).stream()
        .map(BoardStore::parse)
        .toList();
  }
}
