package dev.fireside.play.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.cache.Versioned;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Boards: `leaderboards/{board}` in Firestore, `leaderboard:{board}:board` in Redis (1 h).
public final class BoardStore {
  private static final String COLLECTION = "leaderboards";
  private static final Duration TTL = Duration.ofHours(1);

  /// How long somebody may be shown a board as it was, where the event of its change was late.
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Documents documents;
  private final Cache<Board> cache;

  public BoardStore(Platform platform) {
    this.documents = platform.documents();
    this.cache =
        new Cache<>(
            platform.redis(),
            platform.meters(),
            platform.clock(),
            "leaderboard:{}:board",
            Board.class,
            TTL,
            FRESH);
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

  /// A board as it was not long ago, whatever its status.
  public Optional<Board> get(BoardId id) {
    return Optional.ofNullable(getAll(List.of(id)).get(id));
  }

  /// Many boards in one round trip; missing ones are left out.
  public Map<BoardId, Board> getAll(Collection<BoardId> ids) {
    var boards = new LinkedHashMap<BoardId, Board>();
    cache
        .getAll(ids.stream().map(BoardId::value).toList(), this::load)
        .forEach((id, board) -> boards.put(new BoardId(id), board));
    return boards;
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

  /// Keeps what was written, unless something newer is kept. Called after commits and by events.
  ///
  /// @param board null for one that is not there any more
  /// @return false while Redis is away: then an event has to come again
  @CanIgnoreReturnValue
  public boolean keep(BoardId id, @Nullable Board board, long version) {
    return cache.put(id.value(), new Versioned<>(version, board));
  }

  private Map<String, Versioned<Board>> load(Set<String> ids) {
    Map<String, Document> found =
        documents.getAll(ids.stream().map(id -> path(new BoardId(id))).toList());
    var loaded = new HashMap<String, Versioned<Board>>();
    for (String id : ids) {
      Document document = found.get(path(new BoardId(id)));
      loaded.put(
          id,
          document == null
              ? Versioned.absent(0)
              : Versioned.of(document.version(), parse(document)));
    }
    return loaded;
  }
}
