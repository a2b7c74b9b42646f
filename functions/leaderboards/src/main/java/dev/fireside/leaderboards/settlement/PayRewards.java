package dev.fireside.leaderboards.settlement;

import dev.fireside.leaderboards.store.RewardStore;
import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.leaderboards.store.Work;
import dev.fireside.play.domain.Reward;
import dev.fireside.play.domain.Row;
import dev.fireside.play.store.ChunkStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Gives the rewards of a frozen period, in rank order.
final class PayRewards {
  /// Ranks between two notes of how far it has come.
  private static final int SLICE = 100;

  private static final int AT_ONCE = 16;

  private final SettlementStore store;
  private final RewardStore rewards;
  private final ChunkStore chunks;

  PayRewards(SettlementStore store, RewardStore rewards, ChunkStore chunks) {
    this.store = store;
    this.rewards = rewards;
    this.chunks = chunks;
  }

  /// Goes on where the last one stopped.
  ///
  /// @return whether all are given; if not, the budget is spent
  boolean pay(Work work, Budget budget) {
    long last =
        Math.min(
            work.record().entries(), work.rewards().stream().mapToInt(Reward::to).max().orElse(0));
    long rank = work.record().rewardedThrough() + 1;
    int chunk = -1;
    List<Row> rows = List.of();
    while (rank <= last) {
      if (budget.isSpent()) {
        return false;
      }
      int wanted = (int) ((rank - 1) / ChunkStore.ROWS);
      if (wanted != chunk) {
        rows = chunks.read(work.board(), work.period().key(), wanted);
        chunk = wanted;
      }
      long end = Math.min(last, Math.min(rank + SLICE - 1, (wanted + 1L) * ChunkStore.ROWS));
      pay(work, rows, rank, end);
      store.rewarded(work, end);
      rank = end + 1;
    }
    return true;
  }

  private void pay(Work work, List<Row> rows, long from, long to) {
    var places = new Semaphore(AT_ONCE);
    var payments = new ArrayList<Future<?>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long rank = from; rank <= to; rank++) {
        Row row = rows.get((int) ((rank - 1) % ChunkStore.ROWS));
        Optional<Reward> reward = reward(work, rank);
        if (reward.isPresent()) {
          payments.add(
              executor.submit(() -> {
                places.acquire();
                try {
                  rewards.give(work.board(), work.period().key(), row.uid(), reward.get());
                } finally {
                  places.release();
                }
                return row;
              }));
        }
      }
    }
    for (Future<?> payment : payments) {
      await(payment);
    }
  }

  private static Optional<Reward> reward(Work work, long rank) {
    return work.rewards().stream()
        .filter(reward -> reward.from() <= rank && rank <= reward.to())
        .findFirst();
  }

  private static void await(Future<?> payment) {
    try {
      payment.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IllegalStateException("A reward could not be given", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while rewards were given", e);
    }
  }
}
