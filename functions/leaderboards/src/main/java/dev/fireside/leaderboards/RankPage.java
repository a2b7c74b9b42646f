package dev.fireside.leaderboards;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of ranks as it is shown.
///
/// @param entries how many are ranked in the list; null while ranks are being rebuilt
/// @param nextReset when the current period of this kind ends; null where it does not
/// @param rebuilding whether the ranks are not known at the moment
record RankPage(
    String board,
    PeriodView period,
    String scope,
    @Nullable String country,
    @Nullable Long entries,
    @Nullable Instant nextReset,
    boolean rebuilding,
    List<RankView> items,
    @Nullable String nextCursor,
    @Nullable String prevCursor) {

  static RankPage of(
      Ranks ranks, Instant now, @Nullable String nextCursor, @Nullable String prevCursor) {
    Board board = ranks.board();
    Period period = ranks.period();
    return new RankPage(
        board.id().value(),
        PeriodView.of(board, period, now, null),
        WireNames.of(ranks.list().scope()),
        ranks.list().country(),
        ranks.entries(),
        Periods.open(board, period.kind(), now).end(),
        ranks.entries() == null,
        ranks.items(),
        nextCursor,
        prevCursor);
  }

  /// What a use case found for a page.
  ///
  /// @param entries null while ranks are being rebuilt
  /// @param next null where nothing comes after
  /// @param previous null where nothing comes before
  record Ranks(
      Board board,
      Period period,
      RankList list,
      @Nullable Long entries,
      List<RankView> items,
      @Nullable Position next,
      @Nullable Position previous) {}
}
