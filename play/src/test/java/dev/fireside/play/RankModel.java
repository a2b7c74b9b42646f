package dev.fireside.play;

import dev.fireside.play.domain.Operator;
import dev.fireside.play.domain.Order;
import dev.fireside.play.domain.RankAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What ranks should be, worked out in the most obvious way.
final class RankModel {
  /// A run that counts.
  record Run(long score, long subscore, long at, @Nullable String metadata) {}

  /// A player in one period.
  static final class Standing {
    @Nullable Run run;
    @Nullable String country;
  }

  /// A row as it should be shown.
  record Shown(long rank, String uid, Run run, @Nullable String country) {}

  private final Order order;
  private final Operator operator;
  private final Order subscoreOrder;
  private final long min;
  private final long max;
  private final Map<String, Map<String, Standing>> periods = new HashMap<>();
  private final Map<String, String> latestCountry = new HashMap<>();
  private final Map<String, Boolean> hidden = new HashMap<>();

  RankModel(Order order, Operator operator, Order subscoreOrder, long min, long max) {
    this.order = order;
    this.operator = operator;
    this.subscoreOrder = subscoreOrder;
    this.min = min;
    this.max = max;
  }

  /// Takes a score, in all of the periods or in none.
  boolean submit(
      List<String> keys,
      String uid,
      long score,
      long subscore,
      @Nullable String metadata,
      @Nullable String country,
      long at) {
    var next = new HashMap<String, Run>();
    for (String key : keys) {
      Run before = standing(key, uid).run;
      Run run = next(before, score, subscore, metadata, at);
      if (run.score() < min || run.score() > max) {
        return false;
      }
      next.put(key, run);
    }
    if (country != null) {
      latestCountry.put(uid, country);
    }
    for (String key : keys) {
      Standing standing = standing(key, uid);
      standing.run = next.get(key);
      if (standing.country == null) {
        standing.country = latestCountry.get(uid);
      }
    }
    return true;
  }

  private Run next(
      @Nullable Run before, long score, long subscore, @Nullable String metadata, long at) {
    Run given = new Run(score, subscore, at, metadata);
    if (operator == Operator.BEST) {
      return before == null || isBetter(given, before) ? given : before;
    }
    Run run = given;
    if (operator != Operator.SET) {
      long sign = operator == Operator.INCR ? 1 : -1;
      Run from = before == null ? new Run(0, 0, 0, null) : before;
      run =
          new Run(
              from.score() + sign * score,
              from.subscore() + sign * subscore,
              at,
              metadata == null ? from.metadata() : metadata);
    }
    boolean same =
        before != null && run.score() == before.score() && run.subscore() == before.subscore();
    return same ? new Run(run.score(), run.subscore(), before.at(), run.metadata()) : run;
  }

  private boolean isBetter(Run one, Run other) {
    if (one.score() != other.score()) {
      return order == Order.DESC ? one.score() > other.score() : one.score() < other.score();
    }
    if (one.subscore() != other.subscore()) {
      return subscoreOrder == Order.DESC
          ? one.subscore() > other.subscore()
          : one.subscore() < other.subscore();
    }
    return false;
  }

  private boolean isAhead(Map.Entry<String, Standing> one, Map.Entry<String, Standing> other) {
    Run a = one.getValue().run;
    Run b = other.getValue().run;
    if (isBetter(a, b) || isBetter(b, a)) {
      return isBetter(a, b);
    }
    return a.at() != b.at() ? a.at() < b.at() : one.getKey().compareTo(other.getKey()) < 0;
  }

  Standing standing(String key, String uid) {
    return periods
        .computeIfAbsent(key, _ -> new TreeMap<>())
        .computeIfAbsent(uid, _ -> new Standing());
  }

  void remove(String key, String uid) {
    standing(key, uid).run = null;
  }

  void hide(String uid, boolean now) {
    hidden.put(uid, now);
  }

  void delete(String uid) {
    periods.values().forEach(players -> players.remove(uid));
    latestCountry.remove(uid);
    hidden.remove(uid);
  }

  /// Everybody who is ranked for a viewer, each rank counted by who is ahead.
  List<Shown> ranks(String key, @Nullable String country, @Nullable String viewer) {
    var players = new ArrayList<Map.Entry<String, Standing>>();
    for (var player : periods.getOrDefault(key, Map.of()).entrySet()) {
      boolean seen = !hidden.getOrDefault(player.getKey(), false) || player.getKey().equals(viewer);
      boolean counted = country == null || country.equals(player.getValue().country);
      if (player.getValue().run != null && seen && counted) {
        players.add(player);
      }
    }
    var shown = new ArrayList<Shown>();
    for (var player : players) {
      long ahead = players.stream().filter(other -> isAhead(other, player)).count();
      shown.add(
          new Shown(ahead + 1, player.getKey(), player.getValue().run, player.getValue().country));
    }
    shown.sort((one, other) -> Long.compare(one.rank(), other.rank()));
    return shown;
  }

  /// Rows as texts that can be compared.
  static List<String> texts(RankAnswer answer) {
    return answer.rows().stream()
        .map(ranked ->
            ranked.rank()
                + " "
                + ranked.row().uid()
                + " "
                + ranked.row().score()
                + " "
                + ranked.row().subscore()
                + " "
                + ranked.row().at()
                + " "
                + ranked.row().metadata()
                + " "
                + ranked.row().country())
        .toList();
  }

  /// Rows as texts that can be compared.
  static List<String> shownTexts(List<Shown> shown) {
    return shown.stream()
        .map(row ->
            row.rank()
                + " "
                + row.uid()
                + " "
                + row.run().score()
                + " "
                + row.run().subscore()
                + " "
                + row.run().at()
                + " "
                + row.run().metadata()
                + " "
                + row.country())
        .toList();
  }
}
