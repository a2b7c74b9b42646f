package dev.fireside.play.domain;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fireside.shared.json.WireNames;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The periods of boards. Those of one kind follow each other without gaps; days begin when the
/// date changes in the board's time zone, weeks on Monday.
public final class Periods {
  private static final DateTimeFormatter WEEK =
      new DateTimeFormatterBuilder()
          .appendValue(IsoFields.WEEK_BASED_YEAR, 4)
          .appendLiteral("-W")
          .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
          .parseDefaulting(ChronoField.DAY_OF_WEEK, 1)
          .toFormatter();
  private static final DateTimeFormatter MONTH =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM")
          .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
          .toFormatter();
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);

  /// Periods outside of these are nobody's, and their reckoning would end somewhere.
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.parse("2999-12-31T00:00:00Z");

  /// The latest period of each schedule that was worked out: the next is mostly the same.
  private static final Cache<Latest, Period> LATEST =
      Caffeine.newBuilder().maximumSize(2_000).build();

  private record Latest(PeriodKind kind, @Nullable String cron, String timeZone) {}

  private Periods() {}

  /// The period of a kind at `now`.
  public static Period current(Board board, PeriodKind kind, Instant now) {
    return at(board.schedule(), kind, now);
  }

  /// The periods at `now`, in the board's order.
  public static List<Period> current(Board board, Instant now) {
    return board.schedule().kinds().stream().map(kind -> current(board, kind, now)).toList();
  }

  /// The period of a kind that takes a score at `now`: the current one, or one after it where that
  /// was closed already by a clock that is ahead.
  public static Period open(Board board, PeriodKind kind, Instant now) {
    Period period = current(board, kind, now);
    while (board.hasClosed(period) && period.end() != null) {
      period = current(board, kind, period.end());
    }
    return period;
  }

  /// The periods that take a score at `now`, in the board's order.
  public static List<Period> open(Board board, Instant now) {
    return board.schedule().kinds().stream().map(kind -> open(board, kind, now)).toList();
  }

  /// The period of a key; empty for a key that no period of the board has.
  public static Optional<Period> parse(Board board, String key) {
    for (PeriodKind kind : board.schedule().kinds()) {
      Instant start = start(board.schedule(), kind, key);
      if (start != null && !start.isBefore(FIRST) && !start.isAfter(LAST)) {
        Period period = at(board.schedule(), kind, start);
        return period.key().equals(key) ? Optional.of(period) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /// The periods of a kind that have ended by `now`, or were closed before, and are not settled,
  /// the oldest first.
  ///
  /// @param through the end of the latest period that needs nothing more; where null, all since the
  ///   board was made
  /// @param max how many, at most
  public static List<Period> overdue(
      Board board, PeriodKind kind, @Nullable Instant through, Instant now, int max) {
    var overdue = new ArrayList<Period>();
    Period period = current(board, kind, through == null ? board.createdAt() : through);
    while (overdue.size() < max
        && period.end() != null
        && (period.endedBy(now) || board.hasClosed(period))) {
      overdue.add(period);
      period = current(board, kind, period.end());
    }
    return List.copyOf(overdue);
  }

  /// When the period of a kind at `now` ends. Throws [NullPointerException] for a kind that never
  /// does.
  public static Instant next(Schedule schedule, PeriodKind kind, Instant now) {
    return Objects.requireNonNull(at(schedule, kind, now).end());
  }

  private static Period at(Schedule schedule, PeriodKind kind, Instant now) {
    var name = new Latest(kind, schedule.cron(), schedule.timeZone());
    Period latest = LATEST.getIfPresent(name);
    if (latest != null && !now.isBefore(latest.start()) && !latest.endedBy(now)) {
      return latest;
    }
    Period period = compute(schedule, kind, now);
    LATEST.put(name, period);
    return period;
  }

  private static Period compute(Schedule schedule, PeriodKind kind, Instant now) {
    ZoneId zone = schedule.zone();
    LocalDate today = LocalDate.ofInstant(now, zone);
    return switch (kind) {
      case DAILY -> days(kind, today.toString(), today, today.plusDays(1), zone);
      case WEEKLY -> {
        LocalDate monday = today.with(ChronoField.DAY_OF_WEEK, 1);
        yield days(kind, WEEK.format(monday), monday, monday.plusWeeks(1), zone);
      }
      case MONTHLY -> {
        LocalDate first = today.withDayOfMonth(1);
        yield days(kind, MONTH.format(first), first, first.plusMonths(1), zone);
      }
      case ALL_TIME -> new Period(kind, WireNames.of(kind), Instant.EPOCH, null);
      case CRON -> {
        Cron cron = cron(schedule);
        Instant start = cron.floor(now, zone);
        yield new Period(
            kind, WireNames.of(kind) + "-" + MINUTE.format(start), start, cron.higher(now, zone));
      }
    };
  }

  private static Period days(
      PeriodKind kind, String name, LocalDate first, LocalDate next, ZoneId zone) {
    return new Period(
        kind,
        WireNames.of(kind) + "-" + name,
        first.atStartOfDay(zone).toInstant(),
        next.atStartOfDay(zone).toInstant());
  }

  private static Cron cron(Schedule schedule) {
    String expression = schedule.cron();
    if (expression == null) {
      throw new IllegalStateException("A cron period without an expression");
    }
    return Cron.of(expression);
  }

  /// The first instant of a key's period, where the key is of that kind.
  private static @Nullable Instant start(Schedule schedule, PeriodKind kind, String key) {
    if (kind == PeriodKind.ALL_TIME) {
      return key.equals(WireNames.of(kind)) ? Instant.EPOCH : null;
    }
    String prefix = WireNames.of(kind) + "-";
    if (!key.startsWith(prefix)) {
      return null;
    }
    String name = key.substring(prefix.length());
    try {
      return switch (kind) {
        case DAILY -> midnight(LocalDate.parse(name), schedule);
        case WEEKLY -> midnight(LocalDate.parse(name, WEEK), schedule);
        case MONTHLY -> midnight(LocalDate.parse(name, MONTH), schedule);
        case CRON -> MINUTE.parse(name, Instant::from).truncatedTo(ChronoUnit.MINUTES);
        case ALL_TIME -> null;
      };
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Instant midnight(LocalDate date, Schedule schedule) {
    return date.atStartOfDay(schedule.zone()).toInstant();
  }
}
