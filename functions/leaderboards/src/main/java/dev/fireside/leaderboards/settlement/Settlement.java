package dev.fireside.leaderboards.settlement;

import dev.fireside.leaderboards.store.RewardStore;
import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.play.store.ChunkStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.Platform;

/// Puts the parts of settlement together.
final class Settlement {
  private Settlement() {}

  static SettleBoards on(Platform platform) {
    var store = new SettlementStore(platform);
    return new SettleBoards(
        platform,
        new SettlePeriod(
            store,
            new FreezePeriod(store, new PlayerStore(platform), platform.clock()),
            new PayRewards(store, new RewardStore(platform), new ChunkStore(platform))),
        store);
  }
}
