package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.leaderboards.store.PastPeriods;
import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a period before its time: it takes no more scores, those that come count in the next one,
/// and it is settled as any other. Ended again it stays as it is.
final class EndPeriod {
  private static final Logger log = LoggerFactory.getLogger(EndPeriod.class);

  private final KnownBoards boards;
  private final SettlementStore store;
  private final PastPeriods past;
  private final Clock clock;

  EndPeriod(KnownBoards boards, SettlementStore store, PastPeriods past, Clock clock) {
    this.boards = boards;
    this.store = store;
    this.past = past;
    this.clock = clock;
  }

  /// Throws a 404 problem where there is no such board or period, or it has not begun, and a 409
  /// problem for one that never ends.
  PeriodView end(BoardId id, String key, Uid by) {
    Board board = boards.get(id).orElseThrow(Problems::noSuchBoard);
    Instant now = clock.instant();
    Period period =
        PeriodChoice.byKey(board, key)
            .filter(found -> !isBeyond(board, found, now))
            .orElseThrow(() -> ProblemException.notFound("period"));
    Instant end = period.end();
    if (end == null) {
      throw ProblemException.conflict(Reason.NEVER_ENDS, "This period never ends");
    }
    if (period.endedBy(now) || board.hasClosed(period)) {
      return shown(board, period, now);
    }
    // Claimed and left: once the lease is over, no score is on its way any more, and the task that
    // settles periods goes on from here.
    var _ = store.claim(id, period, end, by);
    log.info("{} of {} was ended by {}", key, id, by);
    return shown(boards.renew(id).orElseThrow(Problems::noSuchBoard), period, now);
  }

  private PeriodView shown(Board board, Period period, Instant now) {
    return PeriodView.ended(
        board, period, now, past.records(board.id(), List.of(period)).get(period));
  }

  /// Whether the period has not begun, or was over before the board was made.
  private static boolean isBeyond(Board board, Period period, Instant now) {
    return period.start().isAfter(now) || period.endedBy(board.createdAt());
  }
}
