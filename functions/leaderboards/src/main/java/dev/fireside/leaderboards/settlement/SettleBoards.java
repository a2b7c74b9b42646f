package dev.fireside.leaderboards.settlement;

import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settles every period of every board that has ended, the oldest first, however long ago it ended.
final class SettleBoards {
  static final String TOPIC = "leaderboards-settle-more";

  private static final int PAGE = 100;
  private static final int PERIODS_MAX = 1_000;

  /// Leaves time, within the timeout of the functions, for one large period.
  private static final Duration TIME_MAX = Duration.ofMinutes(3);

  private static final Logger log = LoggerFactory.getLogger(SettleBoards.class);

  private final BoardStore boards;
  private final SettlementStore store;
  private final SettlePeriod settlePeriod;
  private final Ranks ranks;
  private final Topics topics;
  private final Clock clock;
  private final int periodsMax;

  SettleBoards(Platform platform, SettlePeriod settlePeriod, SettlementStore store) {
    this(platform, settlePeriod, store, PERIODS_MAX);
  }

  /// @param periodsMax how many periods one call settles
  SettleBoards(
      Platform platform, SettlePeriod settlePeriod, SettlementStore store, int periodsMax) {
    this.boards = new BoardStore(platform);
    this.store = store;
    this.settlePeriod = settlePeriod;
    this.ranks = new Ranks(platform);
    this.topics = platform.topics();
    this.clock = platform.clock();
    this.periodsMax = periodsMax;
  }

  /// A message to go on.
  ///
  /// @param after the board to go on after; null for the first
  record Rest(@Nullable String after) {}

  /// Settles what is due; what does not fit is left to a message. A board that fails does not keep
  /// the others waiting.
  ///
  /// @return whether all went well
  boolean settle(@Nullable BoardId after) {
    var budget = new Budget(clock, periodsMax, TIME_MAX);
    boolean well = true;
    BoardId last = after;
    while (true) {
      List<Board> page = boards.list(last, PAGE);
      for (Board board : page) {
        try {
          if (!settle(board, budget)) {
            topics.publish(TOPIC, new Rest(last == null ? null : last.value()));
            return well;
          }
        } catch (RuntimeException e) {
          log.error("Board {} could not be settled", board.id(), e);
          well = false;
        }
        last = board.id();
      }
      if (page.size() < PAGE) {
        return well;
      }
    }
  }

  /// @return whether the budget was enough
  private boolean settle(Board board, Budget budget) {
    if (board.status() == BoardStatus.DELETED) {
      return true;
    }
    for (PeriodKind kind : board.schedule().kinds()) {
      if (!settle(board, kind, budget)) {
        return false;
      }
    }
    return true;
  }

  private boolean settle(Board board, PeriodKind kind, Budget budget) {
    Instant now = clock.instant();
    List<Period> overdue =
        Periods.overdue(board, kind, board.settledThrough().get(kind), now, periodsMax);
    if (overdue.isEmpty()) {
      return true;
    }
    Instant through = Periods.current(board, kind, now).start();
    try {
      return settle(board, overdue, through, budget);
    } finally {
      store.show(board.id());
    }
  }

  private boolean settle(Board board, List<Period> overdue, Instant through, Budget budget) {
    boolean held = false;
    for (Period period : overdue) {
      if (budget.isSpent()) {
        return false;
      }
      switch (settlePeriod.settle(board, period, through, budget)) {
        case SETTLED -> {
          // Those after one that waits are moved on together with it.
          if (!held) {
            moveOn(board, period);
          }
        }
        case HELD -> held = true;
        case LEFT -> {
          // Those after it wait: `settledThrough` says how far it is settled.
          return true;
        }
        case UNFINISHED -> {
          return false;
        }
      }
      budget.takePeriod();
    }
    return overdue.size() < periodsMax;
  }

  private void moveOn(Board board, Period period) {
    Instant end = period.end();
    if (end == null) {
      return;
    }
    // Both times: the open ranks have no end of life, and whoever stops here would leave them for
    // ever; until the mark has moved, somebody who asks may have them built again.
    ranks.drop(board, period);
    store.moveOn(board.id(), period.kind(), end);
    ranks.drop(board, period);
  }
}
