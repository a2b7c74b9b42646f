package dev.fireside.games.domain;

import static java.util.Comparator.comparing;

import dev.fireside.economy.domain.Asset;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// How far a player has come in a live event.
///
/// @param points gathered
/// @param joinedAt when they joined
/// @param claimed numbers of the tiers whose rewards they have, from 1
/// @param reports what was reported lately, by the hash of its key
public record Participation(
    long points, Instant joinedAt, Set<Integer> claimed, Map<String, Report> reports) {
  /// Reports that are remembered at once: beyond, those are forgotten that would be first anyway.
  public static final int REPORTS_MAX = 500;

  public Participation {
    claimed = Collections.unmodifiableSet(new TreeSet<>(claimed));
    reports = Map.copyOf(reports);
  }

  /// A report that was counted.
  ///
  /// @param until when it is forgotten
  public record Report(long points, Instant until) {}

  /// What came of a report.
  public sealed interface Outcome {
    /// It counts.
    record Counted(Participation after) implements Outcome {}

    /// It was counted before.
    record Repeated() implements Outcome {}

    /// Its key was used for other points.
    record Reused() implements Outcome {}

    /// It would go beyond the most points that can be had this way.
    record OverLimit(long limit) implements Outcome {}
  }

  /// Somebody who has just joined.
  public static Participation begun(Instant now) {
    return new Participation(0, now.truncatedTo(ChronoUnit.MILLIS), Set.of(), Map.of());
  }

  /// Adds points.
  ///
  /// @param key hash of what makes the report the same
  /// @param until when it is forgotten
  /// @param limit points that cannot be passed this way
  public Outcome report(String key, Instant until, long more, long limit, Instant now) {
    Report known = reports.get(key);
    if (known != null && known.until().isAfter(now)) {
      return known.points() == more ? new Outcome.Repeated() : new Outcome.Reused();
    }
    long most = Math.min(limit, Asset.AMOUNT_MAX);
    if (more > most - points) {
      return new Outcome.OverLimit(most);
    }
    var kept = new HashMap<>(reports);
    kept.values().removeIf(report -> !report.until().isAfter(now));
    while (kept.size() >= REPORTS_MAX) {
      kept.remove(
          Collections.min(kept.entrySet(), comparing(entry -> entry.getValue().until())).getKey());
    }
    kept.put(key, new Report(more, until));
    return new Outcome.Counted(new Participation(points + more, joinedAt, claimed, kept));
  }

  /// The same with one more reward claimed.
  public Participation claiming(int tier) {
    var more = new TreeSet<>(claimed);
    more.add(tier);
    return new Participation(points, joinedAt, more, reports);
  }
}
