package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.shared.events.Topics;
import java.time.Clock;

/// Deletes a board: it is gone for everybody at once, and its documents are removed by messages.
final class DeleteBoard {
  private final KnownBoards boards;
  private final Topics topics;
  private final Clock clock;

  DeleteBoard(KnownBoards boards, Topics topics, Clock clock) {
    this.boards = boards;
    this.topics = topics;
    this.clock = clock;
  }

  /// Throws a 404 problem where there is no such board. One that is still being removed is asked
  /// for once more.
  void delete(BoardId id) {
    boolean marked =
        boards
            .change(id, board -> ChangeStatus.with(board, BoardStatus.DELETED, clock.instant()))
            .isPresent();
    if (!marked && !boards.isTaken(id)) {
      throw Problems.noSuchBoard();
    }
    topics.publish(PurgeBoard.TOPIC, new PurgeBoard.Rest(id.value()));
  }
}
