package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists boards by id.
final class ListBoards {
  private final KnownBoards boards;

  ListBoards(KnownBoards boards) {
    this.boards = boards;
  }

  /// A page of boards.
  ///
  /// @param next the id that the next page goes on after; null on the last one
  record Boards(List<Board> items, @Nullable String next) {}

  Boards list(@Nullable BoardId after, int limit) {
    List<Board> found = boards.list(after, limit + 1);
    List<Board> page = found.subList(0, Math.min(limit, found.size()));
    return new Boards(
        page.stream().filter(KnownBoards::isThere).toList(),
        found.size() > limit ? page.getLast().id().value() : null);
  }
}
