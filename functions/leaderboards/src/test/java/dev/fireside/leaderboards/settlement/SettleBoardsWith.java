package dev.fireside.leaderboards.settlement;

import dev.fireside.leaderboards.store.Claim;
import dev.fireside.leaderboards.store.RewardStore;
import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.leaderboards.store.Work;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.ChunkStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.Platform;

/// Settlement by hand: with a smaller budget, or only a part of it.
final class SettleBoardsWith {
  private final SettleBoards settleBoards;
  private final SettlementStore store;
  private final FreezePeriod freezePeriod;
  private final SettlePeriod settlePeriod;
  private final BoardStore boards;

  SettleBoardsWith(Platform platform, int periodsMax) {
    this.store = new SettlementStore(platform);
    this.boards = new BoardStore(platform);
    this.freezePeriod = new FreezePeriod(store, new PlayerStore(platform), platform.clock());
    this.settlePeriod =
        new SettlePeriod(
            store,
            freezePeriod,
            new PayRewards(store, new RewardStore(platform), new ChunkStore(platform)));
    this.settleBoards = new SettleBoards(platform, settlePeriod, store, periodsMax);
  }

  boolean settle() {
    return settleBoards.settle(null);
  }

  SettlePeriod.Progress settle(String boardId, String key, Budget budget) {
    Board board = boards.read(new BoardId(boardId)).orElseThrow();
    Period period = Periods.parse(board, key).orElseThrow();
    return settlePeriod.settle(board, period, period.end(), budget);
  }

  /// Stops once the ranks are frozen, as a process that was killed would.
  Work freezeOnly(String boardId, String key) {
    Board board = boards.read(new BoardId(boardId)).orElseThrow();
    Work work = claim(board, key);
    return freezePeriod.freeze(work, board.ranking());
  }

  Work claim(Board board, String key) {
    Period period = Periods.parse(board, key).orElseThrow();
    Claim claim = store.claim(board.id(), period, period.end());
    if (claim instanceof Claim.Mine(Work work)) {
      return work;
    }
    throw new AssertionError(claim);
  }

  SettlementStore store() {
    return store;
  }
}
