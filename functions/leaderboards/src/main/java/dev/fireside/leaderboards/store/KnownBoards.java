package dev.fireside.leaderboards.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.store.BoardStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Boards as reads and administration need them. Those that are read again and again are kept in
/// this process for a moment, so that a page of ranks costs no look-up of its board.
public final class KnownBoards {
  /// What somebody is shown may be this old after another process has changed it.
  private static final Duration FRESH = Duration.ofSeconds(1);

  private static final int KNOWN_MAX = 10_000;

  private final BoardStore boards;
  private final Documents documents;
  private final Clock clock;
  private final Cache<BoardId, Known> known = Caffeine.newBuilder().maximumSize(KNOWN_MAX).build();

  public KnownBoards(Platform platform) {
    this.boards = new BoardStore(platform);
    this.documents = platform.documents();
    this.clock = platform.clock();
  }

  private record Known(Board board, Instant since) {}

  /// What became of a board that was to be created.
  ///
  /// @param board the one that exists now, whatever its status
  /// @param isNew whether it was created now
  public record Creation(Board board, boolean isNew) {}

  /// A board; empty for one that is not there or deleted.
  public Optional<Board> get(BoardId id) {
    Instant now = clock.instant();
    Known kept = known.getIfPresent(id);
    if (kept != null && Duration.between(kept.since(), now).abs().compareTo(FRESH) < 0) {
      return Optional.of(kept.board());
    }
    Optional<Board> board = boards.get(id).filter(KnownBoards::isThere);
    board.ifPresentOrElse(
        found -> known.put(id, new Known(found, now)), () -> known.invalidate(id));
    return board;
  }

  /// Several boards in one round trip; those that are not there or deleted are left out.
  public Map<BoardId, Board> getAll(List<BoardId> ids) {
    Map<BoardId, Board> found = boards.getAll(ids);
    found.values().removeIf(board -> !isThere(board));
    return found;
  }

  /// Boards that are not deleted, by id.
  ///
  /// @param after the id to go on after; null for the start
  public List<Board> list(@Nullable BoardId after, int limit) {
    return boards.list(after, limit);
  }

  /// Creates a board, unless there is one of its id.
  public Creation create(Board board) {
    Optional<Instant> written =
        documents.create(BoardStore.path(board.id()), BoardStore.fields(board));
    known.invalidate(board.id());
    if (written.isPresent()) {
      boards.keep(board.id(), board, Document.versionOf(written.get()));
      return new Creation(board, true);
    }
    return new Creation(boards.read(board.id()).orElse(board), false);
  }

  /// Changes a board.
  ///
  /// @param change the board as it is to be; the same one to leave it. May throw to refuse, and may
  ///   be asked more than once
  /// @return the board as it is now; empty where there is none, deleted ones included
  @CanIgnoreReturnValue
  public Optional<Board> change(BoardId id, UnaryOperator<Board> change) {
    boolean found =
        documents.transact(transaction -> {
          Board before =
              transaction
                  .get(BoardStore.path(id))
                  .map(BoardStore::parse)
                  .filter(KnownBoards::isThere)
                  .orElse(null);
          if (before == null) {
            return false;
          }
          Board after = change.apply(before);
          if (!after.equals(before)) {
            transaction.set(BoardStore.path(id), BoardStore.fields(after));
          }
          return true;
        });
    known.invalidate(id);
    return found ? boards.refresh(id) : Optional.empty();
  }

  /// A board as it is in Firestore now, for this process and for others; empty where there is none.
  public Optional<Board> renew(BoardId id) {
    known.invalidate(id);
    return boards.refresh(id).filter(KnownBoards::isThere);
  }

  /// Whether there is a document of the board, a deleted one's too.
  public boolean isTaken(BoardId id) {
    return boards.read(id).isPresent();
  }

  /// Whether people may know of a board.
  public static boolean isThere(Board board) {
    return board.status() != BoardStatus.DELETED;
  }
}
