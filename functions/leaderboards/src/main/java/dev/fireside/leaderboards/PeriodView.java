package dev.fireside.leaderboards;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.PeriodRecord;
import dev.fireside.play.domain.PeriodState;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.Rewards;
import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A period as it is shown.
///
/// @param startsAt null for the period that is all time
/// @param endsAt null for the period that is all time
/// @param state `open` while it takes scores, `closing` until its ranks are final and its rewards
///   are given, then `settled`
/// @param rewardsAt when, at the earliest, its ranks become final and its rewards are given, where
///   that is not at its end
/// @param entries how many have a score in it; null where it is not known or not asked
record PeriodView(
    String kind,
    String key,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt,
    String state,
    @Nullable Instant rewardsAt,
    @Nullable Long entries) {

  /// A period that takes scores.
  static PeriodView of(Board board, Period period, Instant now, @Nullable Long entries) {
    return of(board, period, now, period.end(), entries);
  }

  /// A period that has ended.
  ///
  /// @param record what is known of it; null where it was not closed yet
  static PeriodView ended(Board board, Period period, Instant now, @Nullable PeriodRecord record) {
    Instant early = record == null ? null : record.endedEarlyAt();
    Long entries =
        record == null || record.state() != PeriodState.SETTLED ? null : (Long) record.entries();
    return of(board, period, now, early == null ? period.end() : early, entries);
  }

  private static PeriodView of(
      Board board, Period period, Instant now, @Nullable Instant ended, @Nullable Long entries) {
    return new PeriodView(
        WireNames.of(period.kind()),
        period.key(),
        period.kind() == PeriodKind.ALL_TIME ? null : period.start(),
        period.end(),
        state(board, period, now),
        rewardsAt(board.rewards(), period.kind(), ended),
        entries);
  }

  /// When the first of a board's current periods ends; null where none does.
  static @Nullable Instant nextReset(Board board, Instant now) {
    return Periods.open(board, now).stream()
        .map(Period::end)
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static @Nullable Instant rewardsAt(
      Rewards rewards, PeriodKind kind, @Nullable Instant ended) {
    return ended == null || rewards.after().isZero() || rewards.of(kind).isEmpty()
        ? null
        : ended.plus(rewards.after());
  }

  private static String state(Board board, Period period, Instant now) {
    if (board.hasSettled(period)) {
      return "settled";
    }
    return period.endedBy(now) || board.hasClosed(period) ? "closing" : "open";
  }
}
