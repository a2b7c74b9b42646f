package dev.fireside.play.domain;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// When the rankings of a board begin anew. Cannot be changed.
///
/// @param kinds the kinds of periods, the first of which is shown by default; `CRON` only alone
/// @param cron a Unix cron expression of five fields, such as `0 */6 * * *`; null without `CRON`
/// @param timeZone an IANA time zone in which days begin and the cron expression is read
public record Schedule(List<PeriodKind> kinds, @Nullable String cron, String timeZone) {
  /// Asking the JDK copies some 600 names each time.
  private static final Set<String> TIME_ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  /// Throws [IllegalArgumentException] for a schedule that is none.
  public Schedule {
    kinds = List.copyOf(kinds);
    if (kinds.isEmpty() || EnumSet.copyOf(kinds).size() < kinds.size()) {
      throw new IllegalArgumentException("A board has one or more kinds of periods, each once");
    }
    if (kinds.contains(PeriodKind.CRON) && kinds.size() > 1) {
      throw new IllegalArgumentException("A cron period stands alone");
    }
    if (kinds.contains(PeriodKind.CRON) != (cron != null)
        || (cron != null && !Cron.isValid(cron))) {
      throw new IllegalArgumentException("Not a cron expression: " + cron);
    }
    if (!isTimeZone(timeZone)) {
      throw new IllegalArgumentException("Not a time zone: " + timeZone);
    }
  }

  /// Whether `text` is a time zone that this process knows by that name.
  public static boolean isTimeZone(String text) {
    return TIME_ZONES.contains(text);
  }

  /// Whether `text` is a cron expression that falls due again and again.
  public static boolean isCron(String text) {
    return Cron.isValid(text);
  }

  /// The time zone.
  public ZoneId zone() {
    return ZoneId.of(timeZone);
  }
}
