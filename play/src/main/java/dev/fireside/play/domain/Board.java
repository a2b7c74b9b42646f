package dev.fireside.play.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A board: what it ranks, how, and how far its periods have been closed.
///
/// @param title for people, 1 to 100 characters
/// @param scopes always with `GLOBAL`
/// @param rewards what its players are given
/// @param visibleTop how many of the first places everybody watches, 1 to 100
/// @param rules what its game sessions must be like
/// @param closedThrough by kind, the end of the latest period that takes no more scores
/// @param settledThrough by kind, the end of the latest period that is settled
public record Board(
    BoardId id,
    String title,
    Ranking ranking,
    Schedule schedule,
    Set<Scope> scopes,
    Limits limits,
    Rewards rewards,
    int visibleTop,
    SessionRules rules,
    BoardStatus status,
    Instant createdAt,
    Instant updatedAt,
    Map<PeriodKind, Instant> closedThrough,
    Map<PeriodKind, Instant> settledThrough) {
  /// Most rows of the visible top.
  public static final int VISIBLE_TOP_MAX = 100;

  /// Throws [IllegalArgumentException] for a board that is none.
  public Board {
    var all = EnumSet.of(Scope.GLOBAL);
    all.addAll(scopes);
    scopes = Set.copyOf(all);
    closedThrough = Map.copyOf(closedThrough);
    settledThrough = Map.copyOf(settledThrough);
    if (visibleTop < 1 || visibleTop > VISIBLE_TOP_MAX) {
      throw new IllegalArgumentException("visibleTop must be from 1 to " + VISIBLE_TOP_MAX);
    }
  }

  /// The names of the settings that differ from `other` though they cannot be changed.
  public List<String> unchangeable(Board other) {
    var names = new ArrayList<String>();
    add(names, "order", ranking.order() == other.ranking.order());
    add(names, "operator", ranking.operator() == other.ranking.operator());
    add(names, "subscoreOrder", ranking.subscoreOrder() == other.ranking.subscoreOrder());
    add(names, "decimals", ranking.decimals() == other.ranking.decimals());
    add(names, "periods", schedule.kinds().equals(other.schedule.kinds()));
    add(names, "cron", java.util.Objects.equals(schedule.cron(), other.schedule.cron()));
    add(names, "timeZone", schedule.timeZone().equals(other.schedule.timeZone()));
    // Friends are ranked when somebody asks: nothing is kept for them.
    add(names, "scopes", byCountry() == other.byCountry());
    return List.copyOf(names);
  }

  private static void add(List<String> names, String name, boolean same) {
    if (!same) {
      names.add(name);
    }
  }

  /// Whether it ranks by country too.
  public boolean byCountry() {
    return scopes.contains(Scope.COUNTRY);
  }

  /// Whether a period takes no more scores.
  public boolean hasClosed(Period period) {
    Instant through = closedThrough.get(period.kind());
    return through != null && period.endedBy(through);
  }

  /// Whether a period's final ranks are kept in chunks.
  public boolean hasSettled(Period period) {
    Instant through = settledThrough.get(period.kind());
    return through != null && period.endedBy(through);
  }

  /// The same board with periods closed up to `end`; never further back than before.
  public Board closedThrough(PeriodKind kind, Instant end) {
    return withMarks(later(closedThrough, kind, end), settledThrough);
  }

  /// The same board with periods settled up to `end`; never further back than before.
  public Board settledThrough(PeriodKind kind, Instant end) {
    return withMarks(closedThrough, later(settledThrough, kind, end));
  }

  private static Map<PeriodKind, Instant> later(
      Map<PeriodKind, Instant> marks, PeriodKind kind, Instant end) {
    var moved = new EnumMap<PeriodKind, Instant>(PeriodKind.class);
    moved.putAll(marks);
    Instant before = marks.get(kind);
    moved.put(kind, latest(before, end));
    return moved;
  }

  private static Instant latest(@Nullable Instant one, Instant other) {
    return one != null && one.isAfter(other) ? one : other;
  }

  private Board withMarks(Map<PeriodKind, Instant> closed, Map<PeriodKind, Instant> settled) {
    return new Board(
        id,
        title,
        ranking,
        schedule,
        scopes,
        limits,
        rewards,
        visibleTop,
        rules,
        status,
        createdAt,
        updatedAt,
        closed,
        settled);
  }
}
