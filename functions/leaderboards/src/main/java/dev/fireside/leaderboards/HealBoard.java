package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.store.BoardStore;
import dev.fireside.shared.cache.NotKeptException;
import org.jspecify.annotations.Nullable;

/// Puts right what depends on a board once it was written: its cache entry, and the removal of a
/// deleted one that its request did not get to ask for.
final class HealBoard {
  private final BoardStore boards;
  private final PurgeBoard purgeBoard;

  HealBoard(BoardStore boards, PurgeBoard purgeBoard) {
    this.boards = boards;
    this.purgeBoard = purgeBoard;
  }

  /// @param board as it was written; null for one that was removed
  void heal(BoardId id, @Nullable Board board, long version) {
    NotKeptException.unless(boards.keep(id, board, version));
    if (board != null && !KnownBoards.isThere(board)) {
      purgeBoard.purge(id);
    }
  }
}
