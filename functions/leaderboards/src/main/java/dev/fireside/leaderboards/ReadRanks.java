package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.Scope;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a page of ranks, from a rank on or from where another page ended.
final class ReadRanks {
  private final KnownBoards boards;
  private final Ranks ranks;
  private final Friends friends;
  private final RankRows rows;
  private final Clock clock;

  ReadRanks(KnownBoards boards, Ranks ranks, Friends friends, RankRows rows, Clock clock) {
    this.boards = boards;
    this.ranks = ranks;
    this.friends = friends;
    this.rows = rows;
    this.clock = clock;
  }

  /// Which page.
  ///
  /// @param fromRank its first rank, unless there is a position
  /// @param position where it goes on; null for `fromRank`
  record Wish(
      PeriodChoice period, RankList list, long fromRank, @Nullable Position position, int limit) {}

  RankPage.Ranks read(@Nullable Uid viewer, BoardId id, Wish wish) {
    Board board = boards.get(id).orElseThrow(Problems::noSuchBoard);
    wish.list().check(board);
    Period period = wish.period().period(board, clock.instant());
    if (wish.position() != null) {
      checkPeriod(board, wish.position(), period);
    }
    RankList list = wish.list();
    if (list.scope() == Scope.COUNTRY && list.country() == null) {
      Uid player = Friends.signedIn(viewer);
      RankAnswer own = ranks.several(board, period, null, Set.of(player), player);
      if (!own.ready()) {
        return rows.page(board, period, list, viewer, own);
      }
      list = list.of(country(own));
    }
    RankAnswer answer = ask(viewer, board, period, list, wish);
    return rows.page(board, period, list, viewer, answer);
  }

  private static String country(RankAnswer own) {
    String country = own.rows().isEmpty() ? null : own.rows().getFirst().row().country();
    if (country == null) {
      throw Request.invalidQuery("country", "is missing, and the caller is ranked in none");
    }
    return country;
  }

  private RankAnswer ask(
      @Nullable Uid viewer, Board board, Period period, RankList list, Wish wish) {
    Position position = wish.position();
    int limit = wish.limit();
    if (list.scope() == Scope.FRIENDS) {
      Set<Uid> among = friends.of(viewer);
      if (position == null) {
        return ranks.pageAmong(board, period, among, wish.fromRank(), limit, viewer);
      }
      return position.forward()
          ? ranks.afterAmong(board, period, among, position.row(), limit, viewer)
          : ranks.beforeAmong(board, period, among, position.row(), limit, viewer);
    }
    String country = list.country();
    if (position == null) {
      return ranks.page(board, period, country, wish.fromRank(), limit, viewer);
    }
    return position.forward()
        ? ranks.after(board, period, country, position.row(), limit, viewer)
        : ranks.before(board, period, country, position.row(), limit, viewer);
  }

  private void checkPeriod(Board board, Position position, Period period) {
    String key = position.period();
    if (key.equals(period.key())) {
      return;
    }
    Instant now = clock.instant();
    boolean ended =
        Periods.parse(board, key).filter(of -> of.endedBy(now) || board.hasClosed(of)).isPresent();
    throw ProblemException.of(
        ProblemType.INVALID_CURSOR,
        ended
            ? "The period of this cursor has ended: go on in it with at=" + key
            : "The cursor belongs to the period " + key + ": go on in it with at=" + key);
  }
}
