package dev.fireside.play.domain;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The instants at which a cron expression falls due in a time zone.
///
/// The expression is read on the wall clock, and this class maps wall clocks to instants: a time
/// that the clock skips falls due when it skips, one that it shows twice falls due the first time
/// only, or both times where the expression holds every hour. So the instants are the same whether
/// one looks forward or back.
final class Cron {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /// No clock is set by more at once, but for a country that crosses the date line.
  private static final Duration SHIFT_MAX = Duration.ofHours(4);

  /// Which of the fields says the hour.
  private static final int HOUR = 1;

  private static final int LENGTH_MAX = 100;
  private static final int KNOWN_MAX = 1_000;
  private static final Cache<String, Cron> KNOWN =
      Caffeine.newBuilder().maximumSize(KNOWN_MAX).build();

  private final ExecutionTime times;
  private final boolean everyHour;

  private Cron(String expression) {
    this.times = ExecutionTime.forCron(PARSER.parse(expression));
    this.everyHour = expression.strip().split("\\s+", -1)[HOUR].equals("*");
  }

  /// Throws some unchecked exception for what is no cron expression.
  static Cron of(String expression) {
    return KNOWN.get(expression, Cron::new);
  }

  static boolean isValid(String expression) {
    // What the parser takes beyond five fields: alternatives.
    if (expression.length() > LENGTH_MAX || expression.contains("|")) {
      return false;
    }
    try {
      // A 30th of February is never due.
      return of(expression).localAfter(LocalDateTime.of(2024, 1, 1, 0, 0)).isPresent();
    } catch (RuntimeException e) {
      // The parser throws whatever it stumbles over.
      return false;
    }
  }

  /// The last time it was due, up to and with `instant`.
  Instant floor(Instant instant, ZoneId zone) {
    Duration around = around(instant, zone);
    LocalDateTime local = local(instant, zone).plus(around).plus(1, ChronoUnit.MINUTES);
    TreeSet<Instant> found = new TreeSet<>();
    while (true) {
      Optional<LocalDateTime> before = localBefore(local);
      if (before.isEmpty()) {
        throw new IllegalStateException("A cron expression was never due");
      }
      local = before.get();
      found.addAll(instants(local, zone));
      Instant floor = found.floor(instant);
      // What is due on an earlier wall clock may still be the later instant.
      if (floor != null && !local.isAfter(local(floor, zone).minus(around))) {
        return floor;
      }
    }
  }

  /// The first time it is due after `instant`.
  Instant higher(Instant instant, ZoneId zone) {
    Duration around = around(instant, zone);
    LocalDateTime local = local(instant, zone).minus(around);
    TreeSet<Instant> found = new TreeSet<>();
    while (true) {
      Optional<LocalDateTime> after = localAfter(local);
      if (after.isEmpty()) {
        throw new IllegalStateException("A cron expression is never due again");
      }
      local = after.get();
      found.addAll(instants(local, zone));
      Instant higher = found.higher(instant);
      if (higher != null && !local.isBefore(local(higher, zone).plus(around))) {
        return higher;
      }
    }
  }

  /// How far from an instant wall clocks are looked at: where the clock is set nearby, their order
  /// is not that of the instants.
  private static Duration around(Instant instant, ZoneId zone) {
    ZoneOffsetTransition next = zone.getRules().nextTransition(instant.minus(SHIFT_MAX));
    return next == null || next.getInstant().isAfter(instant.plus(SHIFT_MAX))
        ? Duration.ZERO
        : SHIFT_MAX;
  }

  private List<Instant> instants(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition skip = zone.getRules().getTransition(local);
      return List.of(skip.getInstant());
    }
    var instants = new ArrayList<Instant>();
    for (ZoneOffset offset : everyHour ? offsets : offsets.subList(0, 1)) {
      instants.add(local.toInstant(offset));
    }
    return instants;
  }

  private static LocalDateTime local(Instant instant, ZoneId zone) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  private Optional<LocalDateTime> localAfter(LocalDateTime local) {
    return times.nextExecution(local.atZone(ZoneOffset.UTC)).map(due -> due.toLocalDateTime());
  }

  private Optional<LocalDateTime> localBefore(LocalDateTime local) {
    return times.lastExecution(local.atZone(ZoneOffset.UTC)).map(due -> due.toLocalDateTime());
  }
}
