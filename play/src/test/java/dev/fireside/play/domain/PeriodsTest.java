package dev.fireside.play.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.play.Boards;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeriodsTest {
  private static Board in(String zone, PeriodKind... kinds) {
    return Boards.board(
        "zoned",
        new Ranking(Order.DESC, Operator.BEST, Order.DESC, 0),
        new Schedule(List.of(kinds), null, zone),
        Limits.DEFAULT);
  }

  private static Period current(Board board, PeriodKind kind, String now) {
    return Periods.current(board, kind, Instant.parse(now));
  }

  @Test
  void namesThePeriodsOfAnInstant() {
    Board board =
        in("Etc/UTC", PeriodKind.DAILY, PeriodKind.WEEKLY, PeriodKind.MONTHLY, PeriodKind.ALL_TIME);

    assertThat(Periods.current(board, Instant.parse("2026-11-21T12:00:00Z")))
        .extracting(Period::key)
        .containsExactly("daily-2026-11-21", "weekly-2026-W47", "monthly-2026-11", "all-time");
    assertThat(current(board, PeriodKind.WEEKLY, "2026-11-22T23:59:59.999Z").end())
        .isEqualTo("2026-11-23T00:00:00Z");
    assertThat(current(board, PeriodKind.WEEKLY, "2027-01-02T00:00:00Z").key())
        .isEqualTo("weekly-2026-W53");
    assertThat(current(board, PeriodKind.ALL_TIME, "2026-11-22T23:59:59Z").end()).isNull();
  }

  @Test
  void beginsDaysWhenTheDateChangesInTheZone() {
    Board stockholm = in("Europe/Stockholm", PeriodKind.DAILY);
    Period shortDay = current(stockholm, PeriodKind.DAILY, "2026-03-29T12:00:00Z");
    Period longDay = current(stockholm, PeriodKind.DAILY, "2026-10-25T12:00:00Z");
    assertThat(length(shortDay)).isEqualTo(Duration.ofHours(23));
    assertThat(length(longDay)).isEqualTo(Duration.ofHours(25));

    // Midnight does not exist on this day.
    Board beirut = in("Asia/Beirut", PeriodKind.DAILY);
    Period skipped = current(beirut, PeriodKind.DAILY, "2026-03-29T12:00:00Z");
    assertThat(skipped.key()).isEqualTo("daily-2026-03-29");
    assertThat(skipped.start()).isEqualTo("2026-03-28T22:00:00Z");

    // A whole day does not exist.
    Board apia = in("Pacific/Apia", PeriodKind.DAILY);
    Period before = current(apia, PeriodKind.DAILY, "2011-12-30T05:00:00Z");
    assertThat(before.key()).isEqualTo("daily-2011-12-29");
    assertThat(Periods.current(apia, PeriodKind.DAILY, before.end()).key())
        .isEqualTo("daily-2011-12-31");
  }

  private static Duration length(Period period) {
    return Duration.between(period.start(), period.end());
  }

  @Test
  void readsItsOwnKeysAndNoOthers() {
    Board board = in("America/New_York", PeriodKind.DAILY, PeriodKind.WEEKLY, PeriodKind.MONTHLY);
    var random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      Instant now = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
      for (Period period : Periods.current(board, now)) {
        assertThat(Periods.parse(board, period.key())).contains(period);
        assertThat(period.start()).isBeforeOrEqualTo(now);
        assertThat(period.end()).isAfter(now);
      }
    }
    for (String wrong :
        List.of(
            "",
            "daily",
            "daily-",
            "daily-2026-02-30",
            "daily-2026-2-3",
            "weekly-2026-W54",
            "monthly-2026-13",
            "all-time",
            "cron-2026-11-21T06:00Z",
            "daily-2026-11-21x",
            "DAILY-2026-11-21")) {
      assertThat(Periods.parse(board, wrong)).as(wrong).isEmpty();
    }
    Board cron = Boards.cron("0 */6 * * *", "Etc/UTC");
    assertThat(Periods.parse(cron, "cron-2026-11-21T06:00Z")).isPresent();
    assertThat(Periods.parse(cron, "cron-2026-11-21T07:00Z")).isEmpty();
    assertThat(Periods.parse(cron, "daily-2026-11-21")).isEmpty();
  }

  @Test
  void followsACronExpression() {
    Board board = Boards.cron("0 */6 * * *", "Etc/UTC");

    Period period = current(board, PeriodKind.CRON, "2026-11-21T07:30:15.5Z");

    assertThat(period.key()).isEqualTo("cron-2026-11-21T06:00Z");
    assertThat(period.start()).isEqualTo("2026-11-21T06:00:00Z");
    assertThat(period.end()).isEqualTo("2026-11-21T12:00:00Z");
    assertThat(current(board, PeriodKind.CRON, "2026-11-21T12:00:00Z").start())
        .isEqualTo("2026-11-21T12:00:00Z");
  }

  @Test
  void skipsNoCronPeriodAndBeginsNoneTwiceWhenTheClockIsSet() {
    // 02:30 does not exist on 29 March, and exists twice on 25 October.
    Board daily = Boards.cron("30 2 * * *", "Europe/Stockholm");
    assertThat(starts(daily, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    assertThat(starts(daily, "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z"))
        .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");

    Board hourly = Boards.cron("0 * * * *", "Europe/Stockholm");
    assertThat(starts(hourly, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")).hasSize(25);
    assertThat(starts(hourly, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")).hasSize(23);
  }

  private static List<String> starts(Board board, String from, String to) {
    var starts = new ArrayList<String>();
    Period period = current(board, PeriodKind.CRON, from);
    if (period.start().isBefore(Instant.parse(from))) {
      period = Periods.current(board, PeriodKind.CRON, period.end());
    }
    while (period.start().isBefore(Instant.parse(to))) {
      starts.add(period.start().toString());
      period = Periods.current(board, PeriodKind.CRON, period.end());
    }
    return starts;
  }

  @Test
  void putsEveryInstantIntoExactlyOneCronPeriod() {
    var random = new Random(7);
    for (String cron :
        List.of(
            "0 */6 * * *",
            "*/15 * * * *",
            "30 2 * * *",
            "5,35 1-3 * * *",
            "0 0 1 * *",
            "0 12 * * 1",
            "0 0 29 2 *",
            "15 1 1,15 * 5")) {
      for (String zone : List.of("Etc/UTC", "Europe/Stockholm", "America/New_York", "Lord_Howe")) {
        Board board = Boards.cron(cron, zone.equals("Lord_Howe") ? "Australia/" + zone : zone);
        for (int i = 0; i < 10; i++) {
          // Near the days on which clocks are set, mostly.
          Instant now =
              LocalDate.of(2026, random.nextBoolean() ? 3 : 10, random.nextInt(20, 32))
                  .atStartOfDay(board.schedule().zone())
                  .toInstant()
                  .plusSeconds(random.nextInt(86_400));
          Period period = Periods.current(board, PeriodKind.CRON, now);
          assertThat(period.start()).as(cron + zone + now).isBeforeOrEqualTo(now);
          assertThat(period.end()).as(cron + zone + now).isAfter(now);
          assertThat(Periods.current(board, PeriodKind.CRON, period.start())).isEqualTo(period);
          assertThat(Periods.current(board, PeriodKind.CRON, period.end().minusMillis(1)))
              .isEqualTo(period);
          assertThat(Periods.current(board, PeriodKind.CRON, period.end()).start())
              .isEqualTo(period.end());
          assertThat(Periods.parse(board, period.key())).contains(period);
        }
      }
    }
  }

  @Test
  void refusesCronExpressionsThatAreNone() {
    for (String cron :
        List.of(
            "",
            "* * * *",
            "61 * * * *",
            "0 0 30 2 *",
            "@daily",
            "* * * * * *",
            "a b c d e",
            "* * * * |",
            "0 0|12 * * *",
            "0 0 * * *||0 12 * * *",
            "||")) {
      assertThat(Schedule.isCron(cron)).as(cron).isFalse();
    }
    assertThat(Schedule.isCron("0 0 29 2 *")).isTrue();
    assertThat(Schedule.isTimeZone("Europe/Stockholm")).isTrue();
    assertThat(Schedule.isTimeZone("Europe/Atlantis")).isFalse();
    assertThat(Schedule.isTimeZone("+02:00")).isFalse();
  }

  @Test
  void answersForAnyExpressionAndWorksWithWhatItTakes() {
    var random = new Random(3);
    String signs = "0123456789 */,-|#LW?@aJANMON";
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder("0 0 1 * *");
      for (int j = random.nextInt(1, 4); j > 0; j--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
      }
      String cron = text.toString();
      if (Schedule.isCron(cron)) {
        Period period =
            current(Boards.cron(cron, "Etc/UTC"), PeriodKind.CRON, "2026-11-21T12:00:00Z");
        assertThat(period.end()).as(cron).isAfter(period.start());
      }
    }
  }

  @Test
  void knowsNoPeriodsBefore1970NorIn3000() {
    Board days =
        in("Etc/UTC", PeriodKind.DAILY, PeriodKind.WEEKLY, PeriodKind.MONTHLY, PeriodKind.ALL_TIME);
    for (String key :
        List.of(
            "daily-0000-01-01",
            "daily-1969-12-31",
            "weekly-0000-W01",
            "monthly-0000-01",
            "daily-3000-01-01",
            "weekly-9999-W52",
            "monthly-9999-12",
            "cron-0000-01-01T00:00Z",
            "cron-1969-12-31T00:00Z",
            "cron-9999-12-31T00:00Z")) {
      assertThat(Periods.parse(days, key)).as(key).isEmpty();
      for (String cron : List.of("0 0 * * *", "0 0 29 2 *", "0 0 31 12 *", "0 0 1 1 *")) {
        assertThat(Periods.parse(Boards.cron(cron, "Pacific/Apia"), key)).as(key).isEmpty();
      }
    }
    Board leap = Boards.cron("0 0 29 2 *", "Etc/UTC");
    assertThat(Periods.parse(leap, "cron-1972-02-29T00:00Z")).isPresent();
    assertThat(Periods.parse(leap, "cron-2996-02-29T00:00Z")).isPresent();
    assertThat(Periods.parse(leap, "cron-1970-01-01T00:00Z")).isEmpty();
  }

  @Test
  void listsWhatIsOverdueTheOldestFirst() {
    Board board = in("Etc/UTC", PeriodKind.DAILY, PeriodKind.ALL_TIME);
    Instant now = Instant.parse("2026-11-21T12:00:00Z");

    assertThat(
            Periods.overdue(
                board, PeriodKind.DAILY, Instant.parse("2026-11-19T00:00:00Z"), now, 10))
        .extracting(Period::key)
        .containsExactly("daily-2026-11-19", "daily-2026-11-20");
    assertThat(
            Periods.overdue(board, PeriodKind.DAILY, Instant.parse("2026-11-19T00:00:00Z"), now, 1))
        .hasSize(1);
    // Since it was made, ten days before.
    assertThat(Periods.overdue(board, PeriodKind.DAILY, null, now, 100)).hasSize(10);
    assertThat(Periods.overdue(board, PeriodKind.ALL_TIME, null, now, 100)).isEmpty();
  }

  @Test
  void takesScoresInThePeriodAfterOneThatAClockAheadHasClosed() {
    Instant now = Instant.parse("2026-11-21T23:59:59Z");
    Board board =
        in("Etc/UTC", PeriodKind.DAILY)
            .closedThrough(PeriodKind.DAILY, Instant.parse("2026-11-22T00:00:00Z"));

    assertThat(Periods.open(board, PeriodKind.DAILY, now).key()).isEqualTo("daily-2026-11-22");
    assertThat(board.hasClosed(Periods.current(board, PeriodKind.DAILY, now))).isTrue();
    assertThat(board.hasSettled(Periods.current(board, PeriodKind.DAILY, now))).isFalse();
    assertThat(
            board
                .closedThrough(PeriodKind.DAILY, Instant.parse("2026-11-20T00:00:00Z"))
                .closedThrough())
        .isEqualTo(board.closedThrough());
  }
}
