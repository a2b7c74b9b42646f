package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.store.Ranks;
import dev.fireside.play.store.Ranks.Place;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a board and how many play in its current periods.
final class ReadBoard {
  /// Stands for anonymous viewers: only the counts are of interest.
  private static final Uid NOBODY = new Uid("-");

  private final KnownBoards boards;
  private final Ranks ranks;
  private final Clock clock;

  ReadBoard(KnownBoards boards, Ranks ranks, Clock clock) {
    this.boards = boards;
    this.ranks = ranks;
    this.clock = clock;
  }

  /// A board.
  ///
  /// @param entries how many play, by period; those whose ranks are being rebuilt are left out
  record Found(Board board, Map<String, Long> entries) {}

  Found read(BoardId id, @Nullable Uid viewer) {
    Board board = boards.get(id).orElseThrow(Problems::noSuchBoard);
    List<Place> places =
        Periods.open(board, clock.instant()).stream()
            .map(period -> new Place(board, period))
            .toList();
    var entries = new HashMap<String, Long>();
    ranks
        .own(places, viewer == null ? NOBODY : viewer)
        .forEach((place, answer) -> {
          if (answer.ready()) {
            entries.put(place.period().key(), answer.entries());
          }
        });
    return new Found(board, entries);
  }
}
