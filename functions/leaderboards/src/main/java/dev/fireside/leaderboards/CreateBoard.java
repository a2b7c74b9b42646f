package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.leaderboards.store.KnownBoards.Creation;
import dev.fireside.play.domain.Board;
import dev.fireside.shared.http.Reason;

/// Creates a board. The same one again is no error, so that it can be sent by a script that runs
/// with every release.
final class CreateBoard {
  private final KnownBoards boards;
  private final ListedRewards rewards;

  CreateBoard(KnownBoards boards, ListedRewards rewards) {
    this.boards = boards;
    this.rewards = rewards;
  }

  /// Throws a 409 problem where the id is taken by another board, a 400 problem for rewards that
  /// nobody could be given.
  Creation create(Board board) {
    rewards.check(board.rewards());
    Creation creation = boards.create(board);
    Board there = creation.board();
    if (creation.isNew()) {
      return creation;
    }
    if (!KnownBoards.isThere(there)) {
      throw Problems.conflict(
          Reason.BEING_REMOVED, "id", "is that of a deleted board that is still being removed");
    }
    if (!isSame(board, there)) {
      throw Problems.conflict(
          Reason.ID_TAKEN, "id", "is that of another board, with other settings");
    }
    return creation;
  }

  private static boolean isSame(Board one, Board other) {
    return one.unchangeable(other).isEmpty()
        && one.title().equals(other.title())
        && one.limits().equals(other.limits())
        && one.rewards().equals(other.rewards())
        && one.visibleTop() == other.visibleTop()
        && one.rules().equals(other.rules());
  }
}
