package dev.fireside.leaderboards.settlement;

import dev.fireside.leaderboards.store.Claim;
import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.leaderboards.store.TakenOverException;
import dev.fireside.leaderboards.store.Work;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Period;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settles one period that has ended: closes it, freezes its ranks, gives its rewards. Whoever
/// stops in between leaves it to be gone on with from there.
final class SettlePeriod {
  private static final Logger log = LoggerFactory.getLogger(SettlePeriod.class);

  private final SettlementStore store;
  private final FreezePeriod freezePeriod;
  private final PayRewards payRewards;

  SettlePeriod(SettlementStore store, FreezePeriod freezePeriod, PayRewards payRewards) {
    this.store = store;
    this.freezePeriod = freezePeriod;
    this.payRewards = payRewards;
  }

  /// How far it came.
  enum Progress {
    SETTLED,
    /// Its rewards are not due yet.
    HELD,
    /// Another worker is at it, or the board was deleted.
    LEFT,
    /// The budget is spent.
    UNFINISHED
  }

  /// @param through the end of the latest period of its kind that has ended
  Progress settle(Board board, Period period, Instant through, Budget budget) {
    return switch (store.claim(board.id(), period, through)) {
      case Claim.Mine(Work work) -> settle(work, board, budget);
      case Claim.Held() -> Progress.HELD;
      case Claim.Settled() -> Progress.SETTLED;
      case Claim.Taken(), Claim.Gone() -> Progress.LEFT;
    };
  }

  private Progress settle(Work claimed, Board board, Budget budget) {
    try {
      Work work = claimed.frozen() ? claimed : freezePeriod.freeze(claimed, board.ranking());
      store.eraseGone(work);
      if (!payRewards.pay(work, budget)) {
        store.release(work);
        return Progress.UNFINISHED;
      }
      store.settle(work);
      return Progress.SETTLED;
    } catch (TakenOverException e) {
      log.info("Leaving it: {}", e.getMessage());
      return Progress.LEFT;
    } catch (RuntimeException e) {
      releaseAfter(e, claimed);
      throw e;
    }
  }

  /// So that the next tick need not wait until this worker counts as lost.
  private void releaseAfter(RuntimeException failure, Work work) {
    try {
      store.release(work);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
