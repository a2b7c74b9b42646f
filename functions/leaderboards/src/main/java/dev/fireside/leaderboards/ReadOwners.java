package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Reads the ranks of several players at once.
final class ReadOwners {
  private final KnownBoards boards;
  private final Ranks ranks;
  private final RankRows rows;
  private final Clock clock;

  ReadOwners(KnownBoards boards, Ranks ranks, RankRows rows, Clock clock) {
    this.boards = boards;
    this.ranks = ranks;
    this.rows = rows;
    this.clock = clock;
  }

  RankPage.Ranks read(
      @Nullable Uid viewer, BoardId id, PeriodChoice choice, RankList list, Collection<Uid> uids) {
    Board board = boards.get(id).orElseThrow(Problems::noSuchBoard);
    list.check(board);
    Period period = choice.period(board, clock.instant());
    RankAnswer answer = ranks.several(board, period, list.country(), uids, viewer);
    return answer.ready()
        ? rows.scattered(board, period, list, viewer, answer)
        : rows.unranked(board, period, list, viewer, uids);
  }
}
