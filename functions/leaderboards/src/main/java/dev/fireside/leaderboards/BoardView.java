package dev.fireside.leaderboards;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Limits;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Reward;
import dev.fireside.play.domain.SessionRules;
import dev.fireside.shared.json.WireNames;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A board as it is shown.
///
/// @param rewardAfter how long after a period's end they are given
/// @param rules for admins only: who knows them can play to them
/// @param current the periods that take scores now, in the board's order
/// @param nextReset when the first of them ends; null where none does
/// @param rebuilding whether it is not known how many play, since ranks are being rebuilt; null
///   where it was not asked
record BoardView(
    String id,
    String title,
    String order,
    String operator,
    String subscoreOrder,
    int decimals,
    BigDecimal scoreMin,
    BigDecimal scoreMax,
    List<String> periods,
    @Nullable String cron,
    String timeZone,
    List<String> scopes,
    int metadataBytes,
    @Nullable Integer maxSize,
    boolean joinRequired,
    @Nullable Integer attempts,
    List<RewardView> rewards,
    Duration rewardAfter,
    int visibleTop,
    String session,
    @Nullable RulesView rules,
    String status,
    Instant createdAt,
    Instant updatedAt,
    List<PeriodView> current,
    @Nullable Instant nextReset,
    @Nullable Boolean rebuilding) {

  /// A range of ranks and what its players are given.
  record RewardView(
      String period, int from, int to, List<Reward.Item> items, List<Reward.Currency> currencies) {}

  /// What game sessions must be like.
  record RulesView(
      int minSeconds,
      int maxSeconds,
      @Nullable BigDecimal pointsPerSecondMax,
      int minEvents,
      boolean scoreFromEvents) {
    static RulesView of(SessionRules rules, Ranking ranking) {
      Long points = rules.pointsPerSecondMax();
      return new RulesView(
          rules.minSeconds(),
          rules.maxSeconds(),
          points == null ? null : ranking.number(points),
          rules.minEvents(),
          rules.scoreFromEvents());
    }
  }

  /// A board without counts.
  static BoardView of(Board board, boolean withRules, Instant now) {
    return of(board, withRules, now, null);
  }

  /// A board with how many play in each period, by key; an empty map says that it is not known.
  static BoardView of(
      Board board, boolean withRules, Instant now, @Nullable Map<String, Long> entries) {
    Ranking ranking = board.ranking();
    Limits limits = board.limits();
    List<Period> open = Periods.open(board, now);
    return new BoardView(
        board.id().value(),
        board.title(),
        WireNames.of(ranking.order()),
        WireNames.of(ranking.operator()),
        WireNames.of(ranking.subscoreOrder()),
        ranking.decimals(),
        ranking.number(limits.scoreMin()),
        ranking.number(limits.scoreMax()),
        board.schedule().kinds().stream().map(WireNames::of).toList(),
        board.schedule().cron(),
        board.schedule().timeZone(),
        board.scopes().stream().sorted().map(WireNames::of).toList(),
        limits.metadataBytes(),
        limits.maxSize(),
        limits.joinRequired(),
        limits.attempts(),
        rewards(board),
        board.rewards().after(),
        board.visibleTop(),
        limits.sessionRequired() ? "required" : "optional",
        withRules ? RulesView.of(board.rules(), ranking) : null,
        WireNames.of(board.status()),
        board.createdAt(),
        board.updatedAt(),
        open.stream()
            .map(period ->
                PeriodView.of(
                    board, period, now, entries == null ? null : entries.get(period.key())))
            .toList(),
        PeriodView.nextReset(board, now),
        entries == null ? null : open.stream().anyMatch(p -> !entries.containsKey(p.key())));
  }

  private static List<RewardView> rewards(Board board) {
    return board.schedule().kinds().stream()
        .flatMap(kind ->
            board.rewards().of(kind).stream()
                .map(reward ->
                    new RewardView(
                        WireNames.of(kind),
                        reward.from(),
                        reward.to(),
                        reward.items(),
                        reward.currencies())))
        .toList();
  }
}
