package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.lists.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists boards by id.
final class ListBoards {
  private final KnownBoards boards;

  ListBoards(KnownBoards boards) {
    this.boards = boards;
  }

  /// @param after id of the board after which the list goes on; null for the start
  Part<Board> list(@Nullable String after, int limit) {
    List<Board> found = boards.list(after == null ? null : new BoardId(after), limit + 1);
    return Part.of(found, limit, board -> board.id().value()).filter(KnownBoards::isThere);
  }
}
