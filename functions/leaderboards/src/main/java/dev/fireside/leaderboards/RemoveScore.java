package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.Entrants;
import dev.fireside.leaderboards.store.Entrants.Changed;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Removes the scores of a player from periods that are not settled, also from one that is being
/// settled: there a row of nobody may be left, and the reward is not given. Attempts that were made
/// and places that were taken stay so.
final class RemoveScore {
  private final Entrants entrants;
  private final Ranks ranks;
  private final FinalRows finalRows;
  private final Clock clock;

  RemoveScore(Entrants entrants, Ranks ranks, FinalRows finalRows, Clock clock) {
    this.entrants = entrants;
    this.ranks = ranks;
    this.finalRows = finalRows;
    this.clock = clock;
  }

  /// Throws a 404 problem where there is no such board, a 400 problem for what is none of its
  /// periods, and a 409 problem for one that is settled.
  ///
  /// @param period kind or key of a period; null for all that are not settled
  void remove(BoardId id, Uid uid, @Nullable String period) {
    Changed changed =
        entrants
            .change(id, uid, (board, player) -> without(board, player, period))
            .orElseThrow(Problems::noSuchBoard);
    // While Redis is away the event of the write brings it.
    var _ = ranks.heal(changed.board(), changed.player());
    Board board = changed.board();
    for (Period closing : periods(board, changed.player(), period)) {
      if (board.hasClosed(closing) && !finalRows.leaveFreezing(id, closing, uid)) {
        finalRows.eraseFrom(id, closing, uid);
      }
    }
  }

  private PlayerBoard without(Board board, PlayerBoard player, @Nullable String named) {
    PlayerBoard left = player;
    for (Period period : periods(board, player, named)) {
      Entry entry = left.entry(period.key());
      if (entry.scored()) {
        left = left.with(period.key(), entry.removed());
      }
    }
    return left;
  }

  private List<Period> periods(Board board, PlayerBoard player, @Nullable String named) {
    if (named == null) {
      return player.entries().keySet().stream()
          .flatMap(key -> Periods.parse(board, key).stream())
          .filter(period -> !board.hasSettled(period))
          .toList();
    }
    Period period =
        period(board, named)
            .orElseThrow(() ->
                Request.invalidQuery(
                    "period", "must be a kind or the key of a period of this board"));
    if (board.hasSettled(period)) {
      throw ProblemException.conflict(
          Reason.PERIOD_FINAL, "The ranks of " + period.key() + " are final");
    }
    return List.of(period);
  }

  private Optional<Period> period(Board board, String named) {
    Optional<PeriodKind> kind =
        WireNames.find(PeriodKind.class, named).filter(board.schedule().kinds()::contains);
    return kind.isPresent()
        ? Optional.of(Periods.open(board, kind.get(), clock.instant()))
        : PeriodChoice.byKey(board, named);
  }
}
