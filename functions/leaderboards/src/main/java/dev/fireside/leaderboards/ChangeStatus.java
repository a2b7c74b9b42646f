package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import java.time.Clock;
import java.time.Instant;

/// Closes boards and opens them again.
final class ChangeStatus {
  private final KnownBoards boards;
  private final Clock clock;

  ChangeStatus(KnownBoards boards, Clock clock) {
    this.boards = boards;
    this.clock = clock;
  }

  /// Throws a 404 problem where there is no such board.
  void change(BoardId id, BoardStatus status) {
    boolean found =
        boards
            .change(
                id,
                board -> board.status() == status ? board : with(board, status, clock.instant()))
            .isPresent();
    if (!found) {
      throw Problems.noSuchBoard();
    }
  }

  /// A board with another status.
  static Board with(Board board, BoardStatus status, Instant now) {
    return new Board(
        board.id(),
        board.title(),
        board.ranking(),
        board.schedule(),
        board.scopes(),
        board.limits(),
        board.rewards(),
        board.visibleTop(),
        board.rules(),
        status,
        board.createdAt(),
        now,
        board.closedThrough(),
        board.settledThrough());
  }
}
