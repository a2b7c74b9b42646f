package dev.fireside.leaderboards.settlement;

import static dev.fireside.leaderboards.settlement.Season.every;
import static dev.fireside.leaderboards.settlement.Season.gold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.HiddenBy;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.PeriodState;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Reward;
import dev.fireside.play.domain.Row;
import dev.fireside.play.domain.Schedule;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SettlementIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .entryPoints(
              "leaderboards",
              "leaderboards-settle",
              "leaderboards-settle-more",
              "leaderboards-on-user-updated",
              "leaderboards-purge-player");

  private static final Instant MADE = Instant.parse("2026-11-20T09:00:00Z");
  private static final String FRIDAY = "daily-2026-11-20";
  private static final String SATURDAY = "daily-2026-11-21";

  private final Season season = new Season(fireside);

  @BeforeEach
  void begin() {
    fireside.resetData();
    season.currency();
  }

  private static void now(String instant) {
    fireside.clock().stopAt(Instant.parse(instant));
  }

  @Test
  void closesFreezesAndRewardsAPeriodThatHasEnded() {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 1, 100), gold(2, 3, 10));
    season.entry("race", FRIDAY, "ann", 5);
    season.entry("race", FRIDAY, "bob", new Entry(7, 1, 30, "{\"run\":1}", 3, false, true, "SE"));
    season.entry("race", FRIDAY, "cleo", new Entry(7, 1, 20, null, 1, false, true, null));
    season.entry("race", FRIDAY, "dora", 1);
    season.entry("race", FRIDAY, "joined", Entry.NONE.join("SE"));
    season.entry("race", SATURDAY, "ann", 50);

    now("2026-11-20T23:59:59Z");
    season.tick();
    assertThat(season.period("race", FRIDAY)).isEmpty();
    now("2026-11-21T00:00:00Z");
    season.tick();

    var record = season.period("race", FRIDAY).orElseThrow();
    assertThat(record.state()).isEqualTo(PeriodState.SETTLED);
    assertThat(record.entries()).isEqualTo(4);
    assertThat(record.rewardedThrough()).isEqualTo(3);
    assertThat(record.settledAt()).isEqualTo(Instant.parse("2026-11-21T00:00:00Z"));
    assertThat(season.rows("race", FRIDAY))
        .containsExactly(
            new Row(new Uid("cleo"), 7, 1, 20, null, null),
            new Row(new Uid("bob"), 7, 1, 30, "{\"run\":1}", "SE"),
            new Row(new Uid("ann"), 5, 0, 1_000, null, null),
            new Row(new Uid("dora"), 1, 0, 1_000, null, null));
    assertThat(Stream.of("cleo", "bob", "ann", "dora", "joined").map(season::gold))
        .containsExactly(100L, 10L, 10L, 0L, 0L);
    Instant midnight = Instant.parse("2026-11-21T00:00:00Z");
    assertThat(season.board("race").closedThrough()).isEqualTo(Map.of(PeriodKind.DAILY, midnight));
    assertThat(season.board("race").settledThrough()).isEqualTo(Map.of(PeriodKind.DAILY, midnight));
    assertThat(season.period("race", SATURDAY)).isEmpty();

    var notes = season.documents().list(season.documents().collection("notifications/cleo/items"));
    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst().fields().text("reference")).contains("race:" + FRIDAY);
    season.tick();
    season.tick();
    assertThat(season.documents().list(season.documents().collection("notifications/cleo/items")))
        .isEqualTo(notes);
    assertThat(season.gold("cleo")).isEqualTo(100);
    assertThat(season.operations("cleo")).isOne();
  }

  @Test
  void catchesUpAfterADayOfDowntimeAcrossTwoResets() {
    season.board("race", every(PeriodKind.DAILY, PeriodKind.ALL_TIME), MADE, gold(1, 1, 100));
    season.board("weeks", every(PeriodKind.WEEKLY), MADE, gold(1, 1, 7));
    season.entry("race", FRIDAY, "ann", 5);
    season.entry("race", SATURDAY, "ann", 3);
    season.entry("race", SATURDAY, "bob", 4);
    season.entry("race", "all-time", "ann", 5);
    season.entry("weeks", "weekly-2026-W47", "bob", 1);

    now("2026-11-22T12:00:00Z");
    season.tick();

    assertThat(season.uids("race", FRIDAY)).containsExactly("ann");
    assertThat(season.uids("race", SATURDAY)).containsExactly("bob", "ann");
    assertThat(season.gold("ann")).isEqualTo(100);
    assertThat(season.gold("bob")).isEqualTo(100);
    assertThat(season.period("weeks", "weekly-2026-W47")).isEmpty();

    now("2026-11-23T00:00:01Z");
    season.tick();
    assertThat(season.gold("bob")).isEqualTo(107);
    assertThat(season.uids("race", "daily-2026-11-22")).isEmpty();
    assertThat(season.period("race", "all-time")).isEmpty();
    assertThat(season.board("race").settledThrough())
        .isEqualTo(Map.of(PeriodKind.DAILY, Instant.parse("2026-11-23T00:00:00Z")));
  }

  @Test
  void twoTicksAtOnceGiveEachRewardOnce() throws Exception {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 50, 1));
    var uids = IntStream.range(0, 60).mapToObj(i -> "p%02d".formatted(i)).toList();
    uids.forEach(uid -> season.entry("race", FRIDAY, uid, uid.hashCode() % 7));
    now("2026-11-21T00:00:00Z");

    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> ticks =
          IntStream.range(0, 4)
              .mapToObj(_ -> executor.submit(() -> fireside.fire("leaderboards-settle")))
              .toList();
      for (Future<?> tick : ticks) {
        tick.get();
      }
    }
    season.tick();

    assertThat(season.period("race", FRIDAY).orElseThrow().state()).isEqualTo(PeriodState.SETTLED);
    List<String> ranked = season.uids("race", FRIDAY);
    assertThat(ranked).containsExactlyInAnyOrderElementsOf(uids);
    assertThat(ranked.subList(0, 50)).allSatisfy(uid -> assertThat(season.gold(uid)).isOne());
    assertThat(ranked.subList(50, 60)).allSatisfy(uid -> assertThat(season.gold(uid)).isZero());
    assertThat(uids).allSatisfy(uid -> assertThat(season.operations(uid)).isLessThan(2));
  }

  @Test
  void settlesAPeriodWithNobodyInIt() {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 1, 100));

    now("2026-11-21T00:00:00Z");
    season.tick();

    var record = season.period("race", FRIDAY).orElseThrow();
    assertThat(record.state()).isEqualTo(PeriodState.SETTLED);
    assertThat(record.entries()).isZero();
    assertThat(record.chunks()).isZero();
  }

  @Test
  void leavesOutHiddenRemovedAndDeletedPlayers() {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 2, 10));
    season.entry("race", FRIDAY, "ann", 1);
    season.entry("race", FRIDAY, "bob", 2);
    season.entry("race", FRIDAY, "hidden", 9);
    season.write(season.player("race", "hidden").orElseThrow().with(HiddenBy.MODERATOR, true));
    season.entry("race", FRIDAY, "removed", Entry.NONE);
    season.entry("race", FRIDAY, "left", 5);
    season.documents().set("users/left", Map.of("status", "deleted"));

    now("2026-11-21T00:00:00Z");
    season.tick();

    // Whose account is deleted is ranked until the documents are purged, but is not paid.
    assertThat(season.uids("race", FRIDAY)).containsExactly("left", "bob", "ann");
    assertThat(Stream.of("ann", "bob", "hidden", "removed", "left").map(season::gold))
        .containsExactly(0L, 10L, 0L, 0L, 0L);
  }

  @Test
  void takesThoseOutOfTheFinalRanksWhoAreDeletedWhileTheseAreWritten() {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 3, 10));
    for (String uid : List.of("early", "late", "left")) {
      season.entry("race", FRIDAY, uid, uid.length());
    }
    fireside.settle();
    now("2026-11-21T00:00:00Z");
    var parts = new SettleBoardsWith(fireside.platform(), 1_000);
    purgedAfterTheyWereRead("early");
    parts.claim(season.board("race"), FRIDAY);
    purgedAfterTheyWereRead("late");

    fireside.clock().advance(Duration.ofMinutes(3));
    season.tick();

    assertThat(season.rows("race", FRIDAY))
        .extracting(row -> row.isOfNobody() ? "" : row.uid().value())
        .containsExactly("", "", "left");
    assertThat(season.documents().list(season.documents().collectionGroup("chunks")).toString())
        .doesNotContain("early")
        .doesNotContain("late");
    assertThat(Stream.of("early", "late", "left").map(season::gold)).containsExactly(0L, 0L, 10L);
  }

  @Test
  void giveNoRewardForAScoreThatIsRemovedWhileThePeriodIsSettled() {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 4, 10));
    for (String uid : List.of("bob", "claimed", "frozen", "suspended")) {
      season.entry("race", FRIDAY, uid, uid.length());
      season.documents().set("users/" + uid, Map.of("status", "active"));
    }
    now("2026-11-21T00:00:00Z");
    var parts = new SettleBoardsWith(fireside.platform(), 1_000);
    parts.claim(season.board("race"), FRIDAY);
    removed("claimed");
    fireside.clock().advance(Duration.ofMinutes(3));
    parts.freezeOnly("race", FRIDAY);
    removed("frozen");
    season.documents().update("users/suspended", Map.of("status", "suspended"));
    fireside.settle();

    fireside.clock().advance(Duration.ofMinutes(3));
    season.tick();

    assertThat(season.rows("race", FRIDAY))
        .extracting(row -> row.isOfNobody() ? "" : row.uid().value())
        .containsExactly("suspended", "", "bob");
    assertThat(Stream.of("bob", "claimed", "frozen", "suspended").map(season::gold))
        .containsExactly(10L, 0L, 0L, 0L);
  }

  private static void removed(String uid) {
    for (String period : List.of("", "?period=" + FRIDAY)) {
      String path = "/api/leaderboards/race/scores/" + uid + period;
      assertThat(fireside.http().as("mod", Role.MODERATOR).delete(path).status()).isEqualTo(204);
    }
  }

  private void purgedAfterTheyWereRead(String uid) {
    PlayerBoard read = season.player("race", uid).orElseThrow();
    season.documents().set("users/" + uid, Map.of("status", "active"));
    season.documents().update("users/" + uid, Map.of("status", "deleted"));
    fireside.settle();
    assertThat(season.player("race", uid)).isEmpty();
    fireside.project().withoutEvents(() -> season.write(read));
  }

  @Test
  void settlesClosedBoardsButNotDeletedOnes() {
    season.board("closed", every(PeriodKind.DAILY), MADE, BoardStatus.CLOSED, gold(1, 1, 10));
    season.board("deleted", every(PeriodKind.DAILY), MADE, BoardStatus.DELETED, gold(1, 1, 10));
    season.entry("closed", FRIDAY, "ann", 1);
    season.entry("deleted", FRIDAY, "bob", 1);

    now("2026-11-21T00:00:00Z");
    season.tick();

    assertThat(season.gold("ann")).isEqualTo(10);
    assertThat(season.gold("bob")).isZero();
    assertThat(season.period("deleted", FRIDAY)).isEmpty();
  }

  @Test
  void settlesCronBoardsAndGoesOnByMessageWhereManyPeriodsWereMissed() {
    var schedule = new Schedule(List.of(PeriodKind.CRON), "* * * * *", "Etc/UTC");
    season.board("minutes", schedule, MADE, gold(1, 1, 1));
    season.entry("minutes", "cron-2026-11-20T09:02Z", "ann", 1);
    season.entry("minutes", "cron-2026-11-20T09:40Z", "ann", 1);

    now("2026-11-20T09:41:30Z");
    new SettleBoardsWith(fireside.platform(), 7).settle();
    assertThat(season.board("minutes").settledThrough().get(PeriodKind.CRON))
        .isEqualTo("2026-11-20T09:07:00Z");
    fireside.settle();

    assertThat(season.gold("ann")).isEqualTo(2);
    assertThat(season.board("minutes").settledThrough().get(PeriodKind.CRON))
        .isEqualTo("2026-11-20T09:41:00Z");
    assertThat(season.period("minutes", "cron-2026-11-20T09:41Z")).isEmpty();
  }

  @Test
  void goesOnWithRewardsThatDidNotFitIntoOneCall() {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 1, 100));
    season.entry("race", FRIDAY, "ann", 5);
    now("2026-11-21T00:00:00Z");
    var spent = new Budget(fireside.clock(), 1, Duration.ZERO);

    assertThat(new SettleBoardsWith(fireside.platform(), 1).settle("race", FRIDAY, spent))
        .isEqualTo(SettlePeriod.Progress.UNFINISHED);
    assertThat(season.uids("race", FRIDAY)).containsExactly("ann");
    assertThat(season.gold("ann")).isZero();
    season.tick();

    assertThat(season.gold("ann")).isEqualTo(100);
  }

  @Test
  void followsTheClocksOfTheTimeZoneWhenTheyChange() {
    // Stockholm goes back by an hour on 2026-10-25: that day has 25 hours.
    var schedule = new Schedule(List.of(PeriodKind.DAILY), null, "Europe/Stockholm");
    season.board("race", schedule, Instant.parse("2026-10-24T12:00:00Z"), gold(1, 1, 1));
    season.entry("race", "daily-2026-10-24", "ann", 1);
    season.entry("race", "daily-2026-10-25", "ann", 1);

    now("2026-10-24T22:00:00Z");
    season.tick();
    assertThat(season.gold("ann")).isOne();
    now("2026-10-25T22:59:59Z");
    season.tick();
    assertThat(season.gold("ann")).isOne();
    now("2026-10-25T23:00:00Z");
    season.tick();
    assertThat(season.gold("ann")).isEqualTo(2);
  }

  @Test
  void freezesThousandsOfEntriesAndPaysAcrossChunks() {
    season.board(
        "race",
        every(PeriodKind.DAILY),
        MADE,
        gold(1, 1, 1_000),
        gold(498, 503, 10),
        gold(1_001, 1_001, 5),
        gold(4_999, 10_000, 2));
    fireside
        .project()
        .withoutEvents(() -> {
          for (int from = 0; from < 5_000; from += 500) {
            int first = from;
            season
                .documents()
                .batch(batch -> {
                  for (int i = first; i < first + 500; i++) {
                    // In an order that is not that of their names.
                    long score = Math.floorMod(i * 2_731L, 5_000);
                    var uid = new Uid("p%04d".formatted(i));
                    var entry =
                        new Entry(
                            score,
                            0,
                            1_000,
                            i % 100 == 0 ? "{\"i\":" + i + "}" : null,
                            1,
                            false,
                            true,
                            i % 2 == 0 ? "SE" : null);
                    var player = PlayerBoard.none(new BoardId("race"), uid).with(FRIDAY, entry);
                    batch.set(PlayerStore.path(player.board(), uid), PlayerStore.fields(player));
                  }
                });
          }
        });

    now("2026-11-21T00:00:00Z");
    var before = fireside.counts();
    season.tick();
    var cost = fireside.counts().minus(before);

    List<Row> rows = season.rows("race", FRIDAY);
    assertThat(rows).hasSize(5_000);
    assertThat(season.period("race", FRIDAY).orElseThrow().chunks()).isEqualTo(10);
    for (int place = 0; place < 5_000; place++) {
      Row row = rows.get(place);
      int i = Integer.parseInt(row.uid().value().substring(1));
      assertThat(row.score()).isEqualTo(4_999 - place);
      assertThat(row.metadata()).isEqualTo(i % 100 == 0 ? "{\"i\":" + i + "}" : null);
      assertThat(row.country()).isEqualTo(i % 2 == 0 ? "SE" : null);
    }
    assertThat(
            IntStream.of(
                    1, 2, 497, 498, 500, 501, 503, 504, 1_000, 1_001, 1_002, 4_998, 4_999, 5_000)
                .mapToObj(rank -> season.gold(rows.get(rank - 1).uid().value())))
        .containsExactly(1_000L, 0L, 0L, 10L, 10L, 10L, 10L, 0L, 0L, 5L, 0L, 0L, 2L, 2L);
    // Every player once, those with metadata twice; a few for each chunk, reward and step.
    assertThat(cost.reads()).isLessThan(5_000 + 50 + 300);
    assertThat(cost.writes()).isLessThan(120);
  }

  @Test
  void paysWhatWasPromisedWhenThePeriodEnded() {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 1, 100));
    season.entry("race", FRIDAY, "ann", 1);
    season.documents().delete("currencies/gold");
    now("2026-11-21T00:00:00Z");
    // As if the process had ended after the ranks were frozen.
    var parts = new SettleBoardsWith(fireside.platform(), 1_000);
    parts.freezeOnly("race", FRIDAY);
    season.currency();
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 1, 1));

    fireside.clock().advance(Duration.ofMinutes(3));
    season.tick();

    assertThat(season.gold("ann")).isEqualTo(100);
  }

  @Test
  void settlesWhileRedisIsAway() {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 1, 100));
    season.entry("race", FRIDAY, "ann", 5);
    now("2026-11-21T00:00:00Z");

    fireside.killRedis();
    try {
      season.tick();
      assertThat(season.uids("race", FRIDAY)).containsExactly("ann");
      assertThat(season.gold("ann")).isEqualTo(100);
    } finally {
      fireside.restartRedis();
    }
  }

  @Test
  void aBoardThatFailsDoesNotKeepTheOthersWaiting() {
    season.board("bad", every(PeriodKind.DAILY), MADE, gold(1, 1, 1));
    season.entry("bad", FRIDAY, "ann", 1);
    // A document that nobody can read as a period.
    season
        .documents()
        .set("leaderboards/bad/periods/" + FRIDAY, Map.of("kind", "daily", "state", "?"));
    season.board("good", every(PeriodKind.DAILY), MADE, gold(1, 1, 1));
    season.entry("good", FRIDAY, "bob", 1);

    now("2026-11-21T00:00:00Z");
    assertThatIllegalStateException().isThrownBy(() -> fireside.fire("leaderboards-settle"));

    assertThat(season.gold("bob")).isOne();
    assertThat(season.gold("ann")).isZero();
  }

  @Test
  void aRewardThatTheCatalogueNeverHadDoesNotKeepThePeriodOpen() {
    var unknown = new Reward(1, 1, List.of(new Reward.Item("nothing", 1)), List.of());
    season.board("race", every(PeriodKind.DAILY), MADE, unknown, gold(2, 2, 5));
    season.entry("race", FRIDAY, "ann", 2);
    season.entry("race", FRIDAY, "bob", 1);

    now("2026-11-21T00:00:00Z");
    season.tick();

    assertThat(season.period("race", FRIDAY).orElseThrow().state()).isEqualTo(PeriodState.SETTLED);
    assertThat(season.gold("bob")).isEqualTo(5);
    assertThat(season.operations("ann")).isZero();
  }
}
