package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.leaderboards.store.PastPeriods;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.PeriodRecord;
import dev.fireside.play.domain.Periods;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.lists.Part;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  /// @param nextReset when the first of the current periods of these kinds ends; null where none
  ///   does
  /// @param next where the next page begins; null on the last one
  record Past(List<PeriodView> items, @Nullable Instant nextReset, @Nullable String next) {}

  /// The period that a page goes on after.
  record After(Instant end, PeriodKind kind) {
    static After parse(String text) {
      String[] parts = text.split(" ", 2);
      return new After(Instant.parse(parts[0]), WireNames.parse(PeriodKind.class, parts[1]));
    }

    private static String text(Period period) {
      return Objects.requireNonNull(period.end()) + " " + WireNames.of(period.kind());
    }
  }

  /// @param after the period that the page goes on after; null for the latest
  Past list(BoardId id, PeriodChoice choice, @Nullable After after, int limit) {
    Board board = boards.get(id).orElseThrow(Problems::noSuchBoard);
    Instant now = clock.instant();
    PeriodKind named = choice.kindOf(board);
    List<PeriodKind> kinds = named == null ? board.schedule().kinds() : List.of(named);
    var latest = new ArrayList<Period>();
    for (PeriodKind kind : kinds) {
      if (kind != PeriodKind.ALL_TIME) {
        latest.add(latest(board, kind, after, now));
      }
    }
    var periods = new ArrayList<Period>();
    while (periods.size() <= limit) {
      Optional<Period> next =
          latest.stream()
              .filter(period -> endOf(period).isAfter(board.createdAt()))
              .max(Comparator.comparing(ListPeriods::endOf).thenComparing(Period::kind));
      if (next.isEmpty()) {
        break;
      }
      periods.add(next.get());
      latest.replaceAll(period ->
          period.equals(next.get())
              ? Periods.current(board, period.kind(), period.start().minusNanos(1))
              : period);
    }
    Part<Period> part = Part.of(periods, limit, After::text);
    List<Period> page = part.items();
    Map<Period, PeriodRecord> records = past.records(id, page);
    return new Past(
        page.stream()
            .map(period -> PeriodView.ended(board, period, now, records.get(period)))
            .toList(),
        named == null ? PeriodView.nextReset(board, now) : Periods.open(board, named, now).end(),
        part.next());
  }

  /// The latest period of a kind that has ended, and comes after the last one of a page.
  private static Period latest(Board board, PeriodKind kind, @Nullable After after, Instant now) {
    Instant through = Periods.open(board, kind, now).start();
    if (after != null && after.end().isBefore(through)) {
      through = after.end();
    }
    Period period = Periods.current(board, kind, through.minusNanos(1));
    // Of those that end together the longest comes first.
    boolean shown =
        after != null && endOf(period).equals(after.end()) && kind.compareTo(after.kind()) >= 0;
    return shown || endOf(period).isAfter(through)
        ? Periods.current(board, kind, period.start().minusNanos(1))
        : period;
  }

  private static Instant endOf(Period period) {
    return Objects.requireNonNull(period.end());
  }
}
