package dev.fireside.leaderboards;

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
import dev.fireside.shared.http.Input;
import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the settings of boards.
final class BoardBodies {
  private static final int TITLE_MAX = 100;
  private static final int EVENTS_MAX = 1_000_000;
  private static final int NAME_MAX = 100;

  /// What a setting is where a new board does not say it.
  private static final Ranking RANKING = new Ranking(Order.DESC, Operator.BEST, Order.DESC, 0);

  private static final Schedule SCHEDULE =
      new Schedule(List.of(PeriodKind.ALL_TIME), null, "Etc/UTC");

  private final Input in;

  private BoardBodies(Input in) {
    this.in = in;
  }

  /// A new board, open from `now` on.
  static Board draft(Input in, Instant now) {
    var reader = new BoardBodies(in);
    BoardId id = reader.id();
    if (in.isAbsent("id")) {
      in.reject("id", "is missing");
    }
    String title = in.text("title", 1, TITLE_MAX);
    Order order = in.oneOf("order", RANKING.order());
    var ranking =
        new Ranking(
            order,
            in.oneOf("operator", RANKING.operator()),
            in.oneOf("subscoreOrder", order),
            (int) in.number("decimals", 0, 0, Ranking.DECIMALS_MAX));
    Schedule schedule = reader.schedule(SCHEDULE);
    return new Board(
        id == null ? new BoardId("unknown") : id,
        title,
        ranking,
        schedule,
        reader.scopes(Set.of()),
        reader.limits(Limits.DEFAULT, ranking),
        new RewardBodies(in, schedule).rewards(Rewards.NONE, now),
        (int) in.number("visibleTop", Board.VISIBLE_TOP_MAX, 1, Board.VISIBLE_TOP_MAX),
        reader.rules(SessionRules.NONE, ranking),
        BoardStatus.OPEN,
        now,
        now,
        Map.of(),
        Map.of());
  }

  /// A board with the settings that a body names. Those that cannot be changed are read too, for
  /// the caller to refuse.
  static Board edit(Input in, Board board, Instant now) {
    var reader = new BoardBodies(in);
    BoardId id = reader.id();
    String title = in.optionalText("title", 1, TITLE_MAX);
    var ranking =
        new Ranking(
            in.oneOf("order", board.ranking().order()),
            in.oneOf("operator", board.ranking().operator()),
            in.oneOf("subscoreOrder", board.ranking().subscoreOrder()),
            (int) in.number("decimals", board.ranking().decimals(), 0, Ranking.DECIMALS_MAX));
    Schedule schedule = reader.schedule(board.schedule());
    return new Board(
        id == null ? board.id() : id,
        title == null ? board.title() : title,
        ranking,
        schedule,
        reader.scopes(board.scopes()),
        reader.limits(board.limits(), board.ranking()),
        new RewardBodies(in, board.schedule()).rewards(board.rewards(), now),
        (int) in.number("visibleTop", board.visibleTop(), 1, Board.VISIBLE_TOP_MAX),
        reader.rules(board.rules(), board.ranking()),
        board.status(),
        board.createdAt(),
        now,
        board.closedThrough(),
        board.settledThrough());
  }

  private @Nullable BoardId id() {
    String id = in.optionalText("id", 1, NAME_MAX);
    if (id != null && !BoardId.isValid(id)) {
      in.reject("id", "must be 1 to 63 of a-z, 0-9 and -, not begin with -, and not be `me`");
      return null;
    }
    return id == null ? null : new BoardId(id);
  }

  private Schedule schedule(Schedule base) {
    List<PeriodKind> kinds = in.isAbsent("periods") ? base.kinds() : kinds();
    String cron = in.isAbsent("cron") ? base.cron() : cron();
    if (kinds == null) {
      return base;
    }
    if (kinds.contains(PeriodKind.CRON) && kinds.size() > 1) {
      in.reject("periods", "must have cron alone");
      return base;
    }
    String zone = timeZone(base);
    if (kinds.contains(PeriodKind.CRON)) {
      if (in.isAbsent("cron") && base.cron() == null) {
        in.reject("cron", "is missing, and there is the period cron");
      }
      return cron == null ? base : new Schedule(kinds, cron, zone);
    }
    if (!in.isAbsent("cron")) {
      in.reject("cron", "stands only beside the period cron");
    }
    return new Schedule(kinds, null, zone);
  }

  private @Nullable List<PeriodKind> kinds() {
    List<String> names = in.texts("periods", PeriodKind.values().length, 1, NAME_MAX);
    var kinds = new ArrayList<PeriodKind>();
    for (int i = 0; i < names.size(); i++) {
      PeriodKind kind = WireNames.find(PeriodKind.class, names.get(i)).orElse(null);
      if (kind == null) {
        in.reject("periods/" + i, "must be one of " + PeriodKinds.NAMES);
        return null;
      }
      if (kinds.contains(kind)) {
        in.reject("periods/" + i, "is there already");
        return null;
      }
      kinds.add(kind);
    }
    if (kinds.isEmpty()) {
      in.reject("periods", "must have at least one entry");
      return null;
    }
    return kinds;
  }

  private @Nullable String cron() {
    String cron = in.optionalText("cron", 1, NAME_MAX);
    if (cron != null && !Schedule.isCron(cron)) {
      in.reject(
          "cron", "must be a cron expression of five fields that falls due, such as 0 */6 * * *");
      return null;
    }
    return cron;
  }

  private String timeZone(Schedule base) {
    String zone = in.optionalText("timeZone", 1, NAME_MAX);
    if (zone != null && !Schedule.isTimeZone(zone)) {
      in.reject("timeZone", "must be an IANA time zone, such as Europe/Stockholm");
      return base.timeZone();
    }
    return zone == null ? base.timeZone() : zone;
  }

  private Set<Scope> scopes(Set<Scope> base) {
    if (in.isAbsent("scopes")) {
      return base;
    }
    List<String> names = in.texts("scopes", Scope.values().length, 1, NAME_MAX);
    var scopes = new HashSet<Scope>();
    for (int i = 0; i < names.size(); i++) {
      Optional<Scope> scope = WireNames.find(Scope.class, names.get(i));
      if (scope.isEmpty()) {
        in.reject("scopes/" + i, "must be one of " + String.join(", ", WireNames.all(Scope.class)));
      }
      scope.ifPresent(scopes::add);
    }
    return scopes;
  }

  private Limits limits(Limits base, Ranking ranking) {
    int decimals = ranking.decimals();
    long min = units("scoreMin", base.scoreMin(), decimals);
    long max = units("scoreMax", base.scoreMax(), decimals);
    if (min > max) {
      in.reject("scoreMin", "must not be above scoreMax");
      max = min;
    }
    return new Limits(
        min,
        max,
        (int) in.number("metadataBytes", base.metadataBytes(), 0, Limits.METADATA_BYTES_MAX),
        optional("maxSize", base.maxSize(), Limits.SIZE_MAX),
        in.flag("joinRequired", base.joinRequired()),
        optional("attempts", base.attempts(), Limits.ATTEMPTS_MAX),
        sessionRequired(base));
  }

  private long units(String name, long base, int decimals) {
    return in.isAbsent(name)
        ? base
        : in.units(name, decimals, -Ranking.UNITS_MAX, Ranking.UNITS_MAX);
  }

  /// A number that null takes away.
  private @Nullable Integer optional(String name, @Nullable Integer base, int max) {
    if (in.isAbsent(name)) {
      return in.has(name) ? null : base;
    }
    return (int) in.number(name, 1, max);
  }

  private boolean sessionRequired(Limits base) {
    String session = in.optionalText("session", 1, NAME_MAX);
    if (session == null) {
      return base.sessionRequired();
    }
    if (!session.equals("required") && !session.equals("optional")) {
      in.reject("session", "must be one of required, optional");
    }
    return session.equals("required");
  }

  private SessionRules rules(SessionRules base, Ranking ranking) {
    SessionRules rules =
        in.optionalObject("rules", object -> new BoardBodies(object).readRules(base, ranking));
    return rules == null ? base : rules;
  }

  private SessionRules readRules(SessionRules base, Ranking ranking) {
    int minSeconds = (int) in.number("minSeconds", base.minSeconds(), 0, SessionRules.SECONDS_MAX);
    int maxSeconds = (int) in.number("maxSeconds", base.maxSeconds(), 1, SessionRules.SECONDS_MAX);
    Long pointsMax = base.pointsPerSecondMax();
    if (!in.isAbsent("pointsPerSecondMax")) {
      pointsMax = in.units("pointsPerSecondMax", ranking.decimals(), 0, Ranking.UNITS_MAX);
    } else if (in.has("pointsPerSecondMax")) {
      pointsMax = null;
    }
    long minEvents = in.number("minEvents", base.minEvents(), 0, EVENTS_MAX);
    boolean fromEvents = in.flag("scoreFromEvents", base.scoreFromEvents());
    if (minSeconds >= maxSeconds) {
      in.reject("minSeconds", "must be less than maxSeconds");
      return base;
    }
    return new SessionRules(minSeconds, maxSeconds, pointsMax, (int) minEvents, fromEvents);
  }
}
