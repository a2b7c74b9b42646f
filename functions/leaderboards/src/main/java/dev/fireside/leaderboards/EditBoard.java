package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Changes the settings of a board, but for those that its ranks are made of.
final class EditBoard {
  private final KnownBoards boards;
  private final ListedRewards rewards;

  EditBoard(KnownBoards boards, ListedRewards rewards) {
    this.boards = boards;
    this.rewards = rewards;
  }

  /// Throws a 409 problem that names the settings that cannot be changed so, a 400 problem for
  /// rewards that nobody could be given.
  Board edit(BoardId id, UnaryOperator<Board> settings) {
    return boards
        .change(id, before -> checked(before, settings.apply(before)))
        .orElseThrow(Problems::noSuchBoard);
  }

  private Board checked(Board before, Board after) {
    List<FieldError> errors = new ArrayList<>();
    var names = new ArrayList<>(before.unchangeable(after));
    if (!before.id().equals(after.id())) {
      names.add("id");
    }
    for (String name : names) {
      errors.add(new FieldError(name, "cannot be changed: make another board"));
    }
    if (before.limits().maxSize() == null && after.limits().maxSize() != null) {
      errors.add(
          new FieldError("maxSize", "cannot be set later: who plays already has not been counted"));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.conflict(Reason.UNCHANGEABLE, errors);
    }
    if (!after.rewards().equals(before.rewards())) {
      rewards.check(after.rewards());
    }
    return after;
  }
}
