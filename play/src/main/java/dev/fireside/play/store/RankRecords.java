package dev.fireside.play.store;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.shared.Platform;
import dev.fireside.shared.redis.Redis;
import java.util.List;
import java.util.function.Supplier;

/// Whom the ranks in Redis have a record of, also of those who were removed since it began.
public final class RankRecords {
  private final Redis redis;

  public RankRecords(Platform platform) {
    this.redis = platform.redis();
  }

  /// Whether there is a record of a player in every period that is not settled: then it says what
  /// is newer. One round trip. Throws [dev.fireside.shared.redis.RedisUnavailableException] while
  /// Redis is away.
  public boolean hold(Board board, PlayerBoard player) {
    var batch = redis.batch();
    List<Supplier<Boolean>> answers =
        Ranks.kept(board, player).stream()
            .map(period -> RankScripts.players(board.id(), period.key()))
            .map(key -> batch.add(pipeline -> pipeline.hexists(key, player.uid().value())))
            .toList();
    batch.run();
    return answers.stream().allMatch(Supplier::get);
  }
}
