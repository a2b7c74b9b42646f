package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.Scope;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a page of ranks with a player in its middle.
final class ReadAround {
  private final KnownBoards boards;
  private final Ranks ranks;
  private final Friends friends;
  private final RankRows rows;
  private final Clock clock;

  ReadAround(KnownBoards boards, Ranks ranks, Friends friends, RankRows rows, Clock clock) {
    this.boards = boards;
    this.ranks = ranks;
    this.friends = friends;
    this.rows = rows;
    this.clock = clock;
  }

  /// Around whom, and how far.
  record Wish(PeriodChoice period, RankList list, Uid uid, int limit) {}

  /// Throws a 404 problem where the player is not in the list.
  RankPage.Ranks read(@Nullable Uid viewer, BoardId id, Wish wish) {
    Board board = boards.get(id).orElseThrow(Problems::noSuchBoard);
    wish.list().check(board);
    Period period = wish.period().period(board, clock.instant());
    RankList list = wish.list();
    if (list.scope() == Scope.COUNTRY && list.country() == null) {
      RankAnswer found = ranks.several(board, period, null, Set.of(wish.uid()), viewer);
      String country = found.rows().isEmpty() ? null : found.rows().getFirst().row().country();
      if (found.ready() && country == null) {
        throw notRanked();
      }
      list = country == null ? list : list.of(country);
    }
    RankAnswer answer = ask(viewer, board, period, wish, list);
    if (!answer.ready()) {
      return rows.unranked(board, period, list, viewer, Set.of(wish.uid()));
    }
    RankPage.Ranks page = rows.page(board, period, list, viewer, answer);
    if (page.items().stream().noneMatch(row -> wish.uid().equals(row.uid()))) {
      throw notRanked();
    }
    return page;
  }

  private RankAnswer ask(
      @Nullable Uid viewer, Board board, Period period, Wish wish, RankList list) {
    if (list.scope() == Scope.FRIENDS) {
      Set<Uid> among = friends.of(viewer);
      if (!among.contains(wish.uid())) {
        throw notRanked();
      }
      return ranks.aroundAmong(board, period, among, wish.uid(), wish.limit(), viewer);
    }
    return list.scope() == Scope.COUNTRY && list.country() == null
        ? RankAnswer.NOT_READY
        : ranks.around(board, period, list.country(), wish.uid(), wish.limit(), viewer);
  }

  private static ProblemException notRanked() {
    return ProblemException.notFound("player in this list");
  }
}
