package dev.fireside.leaderboards;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.Reward;
import dev.fireside.play.domain.Rewards;
import dev.fireside.play.domain.Schedule;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.json.WireNames;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the rewards: ranges of ranks, each of one kind of period, and how long they wait.
final class RewardBodies {
  private static final int RANGES_MAX = 100;
  private static final int THINGS_MAX = 20;
  private static final int NAME_MAX = 100;

  /// So many periods of a player are kept at most while their rewards wait.
  private static final int HELD_MAX = 32;

  private final Input in;
  private final Schedule schedule;

  RewardBodies(Input in, Schedule schedule) {
    this.in = in;
    this.schedule = schedule;
  }

  /// A range as the body has it.
  private record Range(PeriodKind kind, Reward reward, boolean sound) {}

  /// The rewards of the body; of what it does not say, those of `base`.
  Rewards rewards(Rewards base, Instant now) {
    return new Rewards(table(base.table()), after(base.after(), now));
  }

  private Duration after(Duration base, Instant now) {
    if (in.isAbsent("rewardAfter")) {
      return base;
    }
    Duration after = duration(in.text("rewardAfter", 0, NAME_MAX));
    if (after == null) {
      in.reject(
          "rewardAfter", "must be a duration of 0 to 14 days in whole seconds, such as PT48H");
      return base;
    }
    if (!after.isZero() && schedule.kinds().contains(PeriodKind.CRON)) {
      Instant last = now;
      for (int i = 0; i < HELD_MAX; i++) {
        last = Periods.next(schedule, PeriodKind.CRON, last);
      }
      if (last.isBefore(now.plus(after))) {
        in.reject("rewardAfter", "must not be longer than " + HELD_MAX + " of the board's periods");
        return base;
      }
    }
    return after;
  }

  private static @Nullable Duration duration(String text) {
    try {
      Duration duration = Duration.parse(text);
      boolean sound =
          !duration.isNegative()
              && duration.compareTo(Rewards.AFTER_MAX) <= 0
              && duration.toNanosPart() == 0;
      return sound ? duration : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private Map<PeriodKind, List<Reward>> table(Map<PeriodKind, List<Reward>> base) {
    if (in.isAbsent("rewards")) {
      return base;
    }
    List<Range> ranges = in.objects("rewards", RANGES_MAX, this::range);
    var table = new EnumMap<PeriodKind, List<Reward>>(PeriodKind.class);
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      List<Reward> before = table.computeIfAbsent(range.kind(), _ -> new ArrayList<>());
      if (!range.sound()) {
        continue;
      }
      before.add(range.reward());
      if (!Reward.areApart(before)) {
        in.reject(
            "rewards/" + i + "/from", "begins a range that overlaps another one of its period");
        before.removeLast();
      }
    }
    return table;
  }

  private Range range(Input at) {
    PeriodKind kind = kind(at);
    int from = (int) at.number("from", 1, Reward.RANK_MAX);
    int to = (int) at.number("to", 1, Reward.RANK_MAX);
    List<Reward.Item> items = at.objects("items", THINGS_MAX, RewardBodies::item);
    List<Reward.Currency> currencies = at.objects("currencies", THINGS_MAX, RewardBodies::currency);
    if (at.isAbsent("items") && at.isAbsent("currencies")) {
      at.reject("items", "are missing, and there are no currencies either");
    }
    rejectRepeated(at, "items", items.stream().map(Reward.Item::item).toList());
    rejectRepeated(at, "currencies", currencies.stream().map(Reward.Currency::code).toList());
    boolean sound = kind != null && from <= to;
    if (from > to) {
      at.reject("to", "must not be before from");
    }
    return new Range(
        kind == null ? schedule.kinds().getFirst() : kind,
        new Reward(from, Math.max(from, to), items, currencies),
        sound);
  }

  private @Nullable PeriodKind kind(Input at) {
    String name = at.optionalText("period", 1, 20);
    PeriodKind kind =
        name != null
            ? WireNames.find(PeriodKind.class, name).orElse(null)
            : schedule.kinds().size() == 1 ? schedule.kinds().getFirst() : null;
    if (kind == null || !schedule.kinds().contains(kind)) {
      at.reject(
          "period", "must be one of the board's periods: " + PeriodKinds.names(schedule.kinds()));
      return null;
    }
    if (kind == PeriodKind.ALL_TIME) {
      at.reject("period", "must be one that ends: all-time never does");
      return null;
    }
    return kind;
  }

  private static Reward.Item item(Input at) {
    String item = at.text("item", 1, NAME_MAX);
    if (!item.isEmpty() && !ItemId.isValid(item)) {
      at.reject("item", "must be the id of an item");
    }
    return new Reward.Item(item, at.number("count", 1, Asset.AMOUNT_MAX));
  }

  private static Reward.Currency currency(Input at) {
    String code = at.text("code", 1, NAME_MAX);
    if (!code.isEmpty() && !CurrencyCode.isValid(code)) {
      at.reject("code", "must be the code of a currency");
    }
    return new Reward.Currency(code, at.number("amount", 1, Asset.AMOUNT_MAX));
  }

  private static void rejectRepeated(Input at, String list, List<String> names) {
    if (new HashSet<>(names).size() < names.size()) {
      at.reject(list, "must have each thing once");
    }
  }
}
