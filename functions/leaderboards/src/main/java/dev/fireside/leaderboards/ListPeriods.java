package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.leaderboards.store.PastPeriods;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.PeriodRecord;
import dev.fireside.play.domain.PeriodState;
import dev.fireside.play.domain.Periods;
import dev.fireside.shared.lists.Part;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists the periods of a board that have ended, the latest first. They are worked out, so that
/// those nobody played in exist as well.
final class ListPeriods {
  private final KnownBoards boards;
  private final PastPeriods past;
  private final Clock clock;

  ListPeriods(KnownBoards boards, PastPeriods past, Clock clock) {
    this.boards = boards;
    this.past = past;
    this.clock = clock;
  }

  /// A page of periods.
  ///
  /// @param nextReset when the current period of the kind ends; null where it does not
  /// @param next where the next page begins; null on the last one
  record Past(List<PeriodView> items, @Nullable Instant nextReset, @Nullable String next) {}

  /// @param before the start of the period that the page goes on before; null for the latest
  Past list(BoardId id, PeriodChoice choice, @Nullable Instant before, int limit) {
    Board board = boards.get(id).orElseThrow(Problems::noSuchBoard);
    Instant now = clock.instant();
    PeriodKind named = choice.kindOf(board);
    PeriodKind kind = named == null ? board.schedule().kinds().getFirst() : named;
    Period open = Periods.open(board, kind, now);
    Instant start = before == null ? open.start() : before;
    var periods = new ArrayList<Period>();
    while (kind != PeriodKind.ALL_TIME
        && periods.size() <= limit
        && start.isAfter(board.createdAt())) {
      Period period = Periods.current(board, kind, start.minusNanos(1));
      periods.add(period);
      start = period.start();
    }
    Part<Period> part = Part.of(periods, limit, period -> period.start().toString());
    List<Period> page = part.items();
    Map<Period, PeriodRecord> records = past.records(id, page);
    return new Past(
        page.stream()
            .map(period -> PeriodView.of(board, period, now, entries(records.get(period))))
            .toList(),
        open.end(),
        part.next());
  }

  private static @Nullable Long entries(@Nullable PeriodRecord record) {
    return record == null || record.state() != PeriodState.SETTLED ? null : (Long) record.entries();
  }
}
