package dev.fireside.play;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Limits;
import dev.fireside.play.domain.Operator;
import dev.fireside.play.domain.Order;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Rewards;
import dev.fireside.play.domain.Schedule;
import dev.fireside.play.domain.Scope;
import dev.fireside.play.domain.SessionRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Boards for tests.
public final class Boards {
  /// A Saturday.
  public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private Boards() {}

  public static Board board(String id, Ranking ranking, Schedule schedule, Limits limits) {
    return new Board(
        new BoardId(id),
        id,
        ranking,
        schedule,
        Set.of(Scope.GLOBAL, Scope.COUNTRY, Scope.FRIENDS),
        limits,
        Rewards.NONE,
        100,
        SessionRules.NONE,
        BoardStatus.OPEN,
        NOON.minusSeconds(864_000),
        NOON.minusSeconds(864_000),
        Map.of(),
        Map.of());
  }

  public static Board board(String id, Operator operator, PeriodKind... kinds) {
    return board(
        id,
        new Ranking(Order.DESC, operator, Order.DESC, 0),
        new Schedule(List.of(kinds), null, "Etc/UTC"),
        Limits.DEFAULT);
  }

  public static Board cron(String cron, String timeZone) {
    return board(
        "cron",
        new Ranking(Order.DESC, Operator.BEST, Order.DESC, 0),
        new Schedule(List.of(PeriodKind.CRON), cron, timeZone),
        Limits.DEFAULT);
  }

  public static Limits limits(
      long min, long max, @Nullable Integer maxSize, boolean join, @Nullable Integer attempts) {
    return new Limits(min, max, 256, maxSize, join, attempts, false);
  }
}
