package dev.fireside.leaderboards.store;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodRecord;
import dev.fireside.play.domain.Reward;
import java.util.List;

/// The settlement of one period, as far as it has come, in the hands of one worker.
///
/// @param owner the worker: whoever takes the period over has another name
/// @param record what the period's document said when it was claimed
/// @param frozen whether the final ranks are written, and cannot change any more
/// @param rewards the board's rewards as they were when the period was closed
public record Work(
    BoardId board, String owner, PeriodRecord record, boolean frozen, List<Reward> rewards) {
  public Work {
    rewards = List.copyOf(rewards);
  }

  /// The period.
  public Period period() {
    return record.period();
  }
}
