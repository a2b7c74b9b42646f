package dev.fireside.play.store;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Limits;
import dev.fireside.play.domain.Operator;
import dev.fireside.play.domain.Order;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Reward;
import dev.fireside.play.domain.Rewards;
import dev.fireside.play.domain.Schedule;
import dev.fireside.play.domain.Scope;
import dev.fireside.play.domain.SessionRules;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A board as its document holds it. What is missing is as where nothing was said.
final class BoardDocument {
  private BoardDocument() {}

  static Map<String, Object> fields(Board board) {
    var fields = new HashMap<String, Object>();
    fields.put("title", board.title());
    Ranking ranking = board.ranking();
    fields.put("order", WireNames.of(ranking.order()));
    fields.put("operator", WireNames.of(ranking.operator()));
    fields.put("subscoreOrder", WireNames.of(ranking.subscoreOrder()));
    fields.put("decimals", (long) ranking.decimals());
    Schedule schedule = board.schedule();
    fields.put("periods", schedule.kinds().stream().map(WireNames::of).toList());
    put(fields, "cron", schedule.cron());
    fields.put("timeZone", schedule.timeZone());
    fields.put("scopes", board.scopes().stream().sorted().map(WireNames::of).toList());
    Limits limits = board.limits();
    fields.put("scoreMin", limits.scoreMin());
    fields.put("scoreMax", limits.scoreMax());
    fields.put("metadataBytes", (long) limits.metadataBytes());
    put(fields, "maxSize", limits.maxSize());
    fields.put("joinRequired", limits.joinRequired());
    put(fields, "attempts", limits.attempts());
    fields.put("session", limits.sessionRequired() ? "required" : "optional");
    fields.put("rewards", rewards(board.rewards().table()));
    fields.put("rewardAfterSeconds", board.rewards().after().toSeconds());
    fields.put("visibleTop", (long) board.visibleTop());
    fields.put("rules", rules(board.rules()));
    fields.put("status", WireNames.of(board.status()));
    fields.put("createdAt", board.createdAt());
    fields.put("updatedAt", board.updatedAt());
    fields.put("closedThrough", marks(board.closedThrough()));
    fields.put("settledThrough", marks(board.settledThrough()));
    return fields;
  }

  static Board parse(Document document) {
    Fields fields = document.fields();
    return new Board(
        new BoardId(document.id()),
        fields.text("title").orElse(""),
        ranking(fields),
        new Schedule(
            fields.texts("periods").stream()
                .flatMap(name -> WireNames.find(PeriodKind.class, name).stream())
                .toList(),
            fields.text("cron").orElse(null),
            fields.text("timeZone").orElse("Etc/UTC")),
        scopes(fields),
        limits(fields),
        new Rewards(
            rewards(fields.map("rewards")),
            Duration.ofSeconds(fields.number("rewardAfterSeconds"))),
        (int) number(fields, "visibleTop", Board.VISIBLE_TOP_MAX),
        rules(fields.map("rules")),
        fields.oneOf("status", BoardStatus.OPEN),
        fields.instant("createdAt").orElse(Instant.EPOCH),
        fields.instant("updatedAt").orElse(Instant.EPOCH),
        marks(fields.map("closedThrough")),
        marks(fields.map("settledThrough")));
  }

  private static Ranking ranking(Fields fields) {
    Order order = fields.oneOf("order", Order.DESC);
    return new Ranking(
        order,
        fields.oneOf("operator", Operator.BEST),
        fields.oneOf("subscoreOrder", order),
        (int) fields.number("decimals"));
  }

  private static Set<Scope> scopes(Fields fields) {
    var scopes = EnumSet.of(Scope.GLOBAL);
    for (String name : fields.texts("scopes")) {
      scopes.add(WireNames.parse(Scope.class, name));
    }
    return scopes;
  }

  private static Limits limits(Fields fields) {
    return new Limits(
        number(fields, "scoreMin", Limits.DEFAULT.scoreMin()),
        number(fields, "scoreMax", Limits.DEFAULT.scoreMax()),
        (int) number(fields, "metadataBytes", Limits.DEFAULT.metadataBytes()),
        optional(fields, "maxSize"),
        fields.flag("joinRequired"),
        optional(fields, "attempts"),
        fields.text("session").orElse("optional").equals("required"));
  }

  private static Map<String, Object> rules(SessionRules rules) {
    var fields = new HashMap<String, Object>();
    fields.put("minSeconds", (long) rules.minSeconds());
    fields.put("maxSeconds", (long) rules.maxSeconds());
    put(fields, "pointsPerSecondMax", rules.pointsPerSecondMax());
    fields.put("minEvents", (long) rules.minEvents());
    fields.put("scoreFromEvents", rules.scoreFromEvents());
    return fields;
  }

  private static SessionRules rules(Fields fields) {
    return new SessionRules(
        (int) number(fields, "minSeconds", SessionRules.NONE.minSeconds()),
        (int) number(fields, "maxSeconds", SessionRules.NONE.maxSeconds()),
        fields.names().contains("pointsPerSecondMax")
            ? (Long) fields.number("pointsPerSecondMax")
            : null,
        (int) fields.number("minEvents"),
        fields.flag("scoreFromEvents"));
  }

  private static Map<String, Object> rewards(Map<PeriodKind, List<Reward>> rewards) {
    var fields = new HashMap<String, Object>();
    rewards.forEach((kind, ranges) -> fields.put(WireNames.of(kind), RewardFields.fields(ranges)));
    return fields;
  }

  private static Map<PeriodKind, List<Reward>> rewards(Fields fields) {
    var rewards = new EnumMap<PeriodKind, List<Reward>>(PeriodKind.class);
    for (PeriodKind kind : PeriodKind.values()) {
      List<Reward> ranges = RewardFields.parse(fields, WireNames.of(kind));
      if (!ranges.isEmpty()) {
        rewards.put(kind, ranges);
      }
    }
    return rewards;
  }

  private static Map<String, Object> marks(Map<PeriodKind, Instant> marks) {
    var fields = new HashMap<String, Object>();
    marks.forEach((kind, instant) -> fields.put(WireNames.of(kind), instant));
    return fields;
  }

  private static Map<PeriodKind, Instant> marks(Fields fields) {
    var marks = new EnumMap<PeriodKind, Instant>(PeriodKind.class);
    for (PeriodKind kind : PeriodKind.values()) {
      fields.instant(WireNames.of(kind)).ifPresent(instant -> marks.put(kind, instant));
    }
    return marks;
  }

  private static long number(Fields fields, String name, long fallback) {
    return fields.names().contains(name) ? fields.number(name) : fallback;
  }

  private static @Nullable Integer optional(Fields fields, String name) {
    return fields.values().get(name) instanceof Number number ? (Integer) number.intValue() : null;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, Objects.requireNonNull(value));
    }
  }
}
